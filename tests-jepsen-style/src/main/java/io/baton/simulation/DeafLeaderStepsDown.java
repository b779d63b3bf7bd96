package io.baton.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * Rule 10: a ready leader that commits nothing, because no majority answers it, leads no longer
 * than one maximum election timeout, and not until Raft by itself gives up, which takes up to two.
 */
final class DeafLeaderStepsDown extends Invariant {
  /**
   * From the last answer, or from the last commit where the leader's own disk was later than the
   * answers: two ticks until a round is on its way (no tick adds one that had one already), the
   * election timeout that it must be old, and a tick until that is seen; by a slow clock.
   */
  private static final long BOUND = (2 * 100 + 600 + 100 + 20) * Scheduler.MILLI;

  /** Who has just stepped down does not do it again before. */
  private static final long ONCE_A = Scheduler.SECOND;

  private final Map<SimCoordinator, Long> ableSince = new HashMap<>();

  /** A leader became ready. */
  void ready(SimCoordinator leader, long now) {
    ableSince.put(leader, now + ONCE_A - BOUND);
  }

  /** Looks at one coordinator, again and again. */
  void look(SimCoordinator each, World world) {
    long now = world.scheduler().now();
    if (!each.life().running() || !each.isReady() || each.state().sessions().isEmpty()) {
      ableSince.put(each, now);
      return;
    }
    long last = each.raft().lastSuccessAt();
    long deaf = now - Math.max(last, ableSince.getOrDefault(each, 0L));
    world.covered(Case.DEAF_LEADER, deaf > BOUND / 2);
    if (deaf > BOUND && world.withinDrift()) {
      violated(
          each.id()
              + " still leads, though no majority has answered for "
              + deaf / Scheduler.MILLI
              + " ms");
    }
  }
}
