package io.baton.simulation;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Session;
import org.jspecify.annotations.Nullable;

/**
 * Rules 6, 7 and 18: a leader wants nobody expired before the TTL, and nobody superseded before two
 * keepalive intervals, have passed since its own note of the last renewal; time in which its
 * process did not run or its rounds did not come back does not count. Even where a renewal in the
 * log would overtake the verdict.
 */
final class VerdictsWaitTheirTime extends Invariant {
  /** Clocks run up to half a percent fast, and an interval has no drift bound of its own. */
  private static final double FAST = 0.99;

  private final TrueNotes notes;

  VerdictsWaitTheirTime(TrueNotes notes) {
    this.notes = notes;
  }

  /**
   * A leader puts a command into a round.
   *
   * @param readyAt when it became ready
   */
  void proposed(
      SimCoordinator leader, Command command, ClusterState state, long readyAt, World world) {
    if (!world.withinDrift()) {
      return;
    }
    if (command instanceof Command.Expire expire) {
      long ttl = ttlNanos(state.group(expire.group()));
      judge(leader, "expired", expire.session(), 0, ttl, world);
    } else if (command instanceof Command.Takeover takeover) {
      Session session = state.session(takeover.session());
      if (session != null && !session.memberships().isEmpty()) {
        Group group = state.group(session.memberships().keySet().iterator().next());
        long interval = group == null ? 0 : Keepalive.nanos(group.info().spec());
        judge(leader, "superseded", takeover.session(), readyAt, 2 * interval, world);
      }
    }
  }

  private static long ttlNanos(@Nullable Group group) {
    return group == null ? 0 : group.info().spec().ttlMillis() * Scheduler.MILLI;
  }

  private void judge(
      SimCoordinator leader, String what, long session, long notBefore, long due, World world) {
    TrueNotes.Note note = notes.of(leader, session);
    long now = world.scheduler().now();
    long lost = Math.max(0, notes.lost(leader) - note.lost() - World.LOOK_EVERY);
    world.covered(Case.VERDICT_AFTER_LOST_TIME, lost > Scheduler.SECOND / 2);
    long counted = Math.min(now - note.at() - lost, now - notBefore);
    if (counted < due * FAST) {
      violated(
          leader.id()
              + " wants session "
              + session
              + " "
              + what
              + " after "
              + counted / Scheduler.MILLI
              + " ms that count, not "
              + due / Scheduler.MILLI);
    }
  }
}
