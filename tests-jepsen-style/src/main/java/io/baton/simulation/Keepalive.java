package io.baton.simulation;

import io.baton.coordinator.state.GroupSpec;

/** How often a group's members renew: as its spec says, or a fifth of the TTL. */
final class Keepalive {
  private Keepalive() {}

  static long nanos(GroupSpec spec) {
    long millis = spec.keepaliveMillis();
    return (millis == 0 ? spec.ttlMillis() / 5 : millis) * Scheduler.MILLI;
  }

  /** What a new leader gives the living (design §3.9). */
  static long grace(GroupSpec spec) {
    long ttl = spec.ttlMillis() * Scheduler.MILLI;
    return Math.min(ttl, 2 * nanos(spec) + Scheduler.SECOND / 2);
  }
}
