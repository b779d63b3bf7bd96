package io.baton.coordinator.service;

import java.util.concurrent.TimeUnit;

/**
 * The relations between a TTL and what is derived from it, in one place. All results are
 * nanoseconds.
 */
final class Timing {
  private static final long MAX_KEEPALIVE_MILLIS = 2_000;
  private static final long GRACE_SLACK_MILLIS = 500;
  private static final long MAX_GATHER_MILLIS = 50;

  private final int driftPermille;

  Timing(int driftPermille) {
    this.driftPermille = driftPermille;
  }

  /**
   * TTL plus the drift bound: after that long, by this coordinator's clock, the agent's has run out
   * too.
   */
  long expiry(long ttlMillis) {
    return TimeUnit.MICROSECONDS.toNanos(ttlMillis * (1000 + driftPermille));
  }

  /** How often an agent renews (design §3, defaults). */
  static long keepalive(long ttlMillis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.min(ttlMillis / 5, MAX_KEEPALIVE_MILLIS));
  }

  /** Rule 9: how long a new leader waits for the living to reconnect. */
  static long grace(long ttlMillis) {
    long reconnect = 2 * keepalive(ttlMillis) + TimeUnit.MILLISECONDS.toNanos(GRACE_SLACK_MILLIS);
    return Math.min(TimeUnit.MILLISECONDS.toNanos(ttlMillis), reconnect);
  }

  /** Rule 1: how long renewals alone may wait for company. */
  static long gather(long ttlMillis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.min(ttlMillis / 50, MAX_GATHER_MILLIS));
  }
}
