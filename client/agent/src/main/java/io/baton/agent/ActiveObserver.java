package io.baton.agent;

import java.util.List;

/**
 * Learns who is active in a group; told at the join and at each change, whether its own member is
 * active or not.
 */
@FunctionalInterface
public interface ActiveObserver {
  /** Called in order, on a thread of the agent's that it may block without harm to leases. */
  void changed(String group, List<ActiveMember> active);
}
