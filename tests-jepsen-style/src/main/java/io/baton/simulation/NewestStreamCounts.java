package io.baton.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * Rule 13: while it leads, a coordinator never goes back to an older stream of a session, and no
 * agent takes a lease for lost that is ordered still.
 */
final class NewestStreamCounts extends Invariant {
  private record Ends(Life coordinator, long term, Life agent, long session) {}

  private final Map<Ends, Long> newest = new HashMap<>();

  /** An agent ended its activity since an order, or a set, did not name it any more. */
  void lost(SimAgent agent, long epoch, boolean stands) {
    if (stands) {
      violated(agent.id() + " takes epoch " + epoch + " for lost, which it still holds");
    }
  }

  void welcomed(
      SimCoordinator coordinator,
      Life coordinatorLife,
      SimAgent agent,
      Life life,
      long session,
      long number) {
    Long before =
        newest.put(new Ends(coordinatorLife, coordinator.raft().term(), life, session), number);
    if (before != null && before > number) {
      violated(
          coordinator.id()
              + " welcomes stream "
              + number
              + " of "
              + agent.id()
              + " after stream "
              + before);
    }
  }
}
