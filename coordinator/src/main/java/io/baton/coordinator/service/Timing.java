package io.baton.coordinator.service;

import io.baton.coordinator.state.GroupSpec;
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

  /** How often a group's members renew: as its spec says, or by design §3's default. */
  static long keepalive(GroupSpec spec) {
    return TimeUnit.MILLISECONDS.toNanos(
        spec.keepaliveMillis() == 0 ? defaultKeepaliveMillis(spec) : spec.keepaliveMillis());
  }

  /** As above, where an agent may be too old to know what the spec says. */
  static long slowestKeepalive(GroupSpec spec) {
    long byDefault = TimeUnit.MILLISECONDS.toNanos(defaultKeepaliveMillis(spec));
    return Math.max(keepalive(spec), byDefault);
  }

  private static long defaultKeepaliveMillis(GroupSpec spec) {
    return Math.min(spec.ttlMillis() / 5, MAX_KEEPALIVE_MILLIS);
  }

  /** Rule 9: how long a new leader waits for the living to reconnect. */
  static long grace(GroupSpec spec) {
    long reconnect = 2 * keepalive(spec) + TimeUnit.MILLISECONDS.toNanos(GRACE_SLACK_MILLIS);
    return Math.min(TimeUnit.MILLISECONDS.toNanos(spec.ttlMillis()), reconnect);
  }

  /** Rule 1: how long renewals alone may wait for company. */
  static long gather(long ttlMillis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.min(ttlMillis / 50, MAX_GATHER_MILLIS));
  }
}
