package io.baton.agent;

import java.util.List;

/**
 * Learns who is active in a group; told at the join and at each change, whether its own member is
 * active or not.
 */
@FunctionalInterface
public interface ActiveObserver {
  /**
   * Called in order, one call at a time, on a thread that it may block without harm to leases or
   * other observers. What was overtaken meanwhile is left out: the latest view always comes.
   */
  void changed(String group, List<ActiveMember> active);
}
