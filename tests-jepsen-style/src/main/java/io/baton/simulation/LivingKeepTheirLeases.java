package io.baton.simulation;

import io.baton.agent.protocol.Cause;
import io.baton.coordinator.state.HistoryEvent;

/**
 * Promise 5, and rules 6, 9 and 10, where agents and the way to them are well: the loss of one
 * coordinator ends no activity and expires nobody, and trouble with all of them, or a leader that
 * hears no agent, expires nobody who was not given time to return.
 */
final class LivingKeepTheirLeases extends Invariant {
  /** After trouble with all coordinators, agents are given that long to be active again. */
  private static final long RECOVERY = 20 * Scheduler.SECOND;

  private final boolean promised;

  /** So long nobody is expired after it: a little less than what a new leader grants. */
  private static final long GRACE = 3 * Scheduler.SECOND / 2;

  private long allStruckUntil = -RECOVERY;

  LivingKeepTheirLeases(boolean promised) {
    this.promised = promised;
  }

  void allStruck(long untilNanos) {
    allStruckUntil = Math.max(allStruckUntil, untilNanos);
  }

  /** Who returns to a leader that hears again is given no time, but as long as it does not. */
  void leaderUnheard(long untilNanos) {
    allStruck(untilNanos - GRACE);
  }

  /** Whom the leader loses now it may expire, for a while. */
  void mayExpire(long now) {
    allStruckUntil = now - GRACE;
  }

  void happened(HistoryEvent event, long now) {
    boolean expired = event.cause() == io.baton.coordinator.state.Cause.SESSION_EXPIRED;
    boolean returning = now > allStruckUntil + GRACE && now < allStruckUntil + RECOVERY;
    if (promised && expired && !returning && event.type() == HistoryEvent.Type.MEMBER_GONE) {
      violated(event.member() + " is expired, though it and the way to it are well");
    }
  }

  void ended(SimAgent agent, Cause cause, long now) {
    if (promised && now > allStruckUntil + RECOVERY) {
      violated(
          agent.id() + " is active no more (" + cause + "), though only a coordinator was lost");
    }
  }
}
