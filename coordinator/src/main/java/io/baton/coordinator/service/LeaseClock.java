package io.baton.coordinator.service;

import java.util.concurrent.TimeUnit;

/**
 * Lease time: this coordinator's monotonic time minus what it lost (⚠ rule 6). A pause of the
 * process, a stalled disk or a lost quorum makes it slower than real time and never faster, so what
 * is judged by it only waits longer, which is safe.
 */
final class LeaseClock {
  /** Between two readings that count whole; a longer gap counts as two of these. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The leader's clock stands while its oldest round in flight is older than this. */
  static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private long leaseNanos;
  private long lastNanos;

  LeaseClock(long nowNanos) {
    lastNanos = nowNanos;
  }

  /**
   * Advances to now and returns lease time. Lost time is never made up.
   *
   * @param stalled this coordinator leads and its oldest round in flight is older than {@link
   *     #STALL_NANOS}
   */
  long advance(long nowNanos, boolean stalled) {
    long elapsed = Math.max(0, nowNanos - lastNanos);
    lastNanos += elapsed;
    if (!stalled) {
      leaseNanos += Math.min(elapsed, 2 * TICK_NANOS);
    }
    return leaseNanos;
  }

  /** Lease time at the last advance. */
  long nanos() {
    return leaseNanos;
  }
}
