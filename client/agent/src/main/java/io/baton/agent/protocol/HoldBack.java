package io.baton.agent.protocol;

/**
 * For how long a member is no candidate by its own choice: from 1 s to 30 s after promotions that
 * failed, 1 s after it resigned. Then it contends again, for ever.
 */
final class HoldBack {
  private static final long SHORTEST = Times.SECOND;
  private static final long LONGEST = 30 * Times.SECOND;

  /** A tenure that lasted that long shows that the failures before it are over. */
  private static final long PROVEN = 60 * Times.SECOND;

  private long until = Times.NEVER_YET;
  private long failedAt = Times.NEVER_YET;
  private long delay = SHORTEST;
  private Readiness shown = Readiness.SYNCING;

  /** Several tenures that fail at a time are one failure. */
  void failed(long now, long activeFor) {
    if (now == failedAt) {
      return;
    }
    failedAt = now;
    if (activeFor >= PROVEN) {
      delay = SHORTEST;
    }
    until = Math.max(until, now + delay);
    delay = Math.min(LONGEST, delay * 2);
    shown = Readiness.UNHEALTHY;
  }

  /** A failure whose delay still runs goes on to be shown. */
  void resigned(long now) {
    if (now >= until) {
      shown = Readiness.SYNCING;
    }
    until = Math.max(until, now + SHORTEST);
  }

  /** What to report instead of READY. */
  Readiness apply(Readiness own, long now) {
    return own == Readiness.READY && now < until ? shown : own;
  }

  long nextWake(long now) {
    return now < until ? until : Times.NEVER;
  }
}
