package io.baton.coordinator.config;

import java.time.Duration;

/**
 * The cluster's bounds of TTLs, fixed when it is founded.
 *
 * @param defaultTtl by which a session without memberships lives
 */
public record LeaseConfig(Duration maxTtl, Duration defaultTtl) {
  static final String MAX = "lease.max-ttl";
  static final String DEFAULT = "lease.default-ttl";
  private static final Duration SMALLEST = Duration.ofSeconds(1);

  public LeaseConfig {
    if (defaultTtl.compareTo(SMALLEST) < 0) {
      throw new RelationException(
          DEFAULT + " (" + Text.of(defaultTtl) + ") must be at least " + Text.of(SMALLEST),
          DEFAULT);
    }
    if (defaultTtl.compareTo(maxTtl) > 0) {
      throw new RelationException(
          DEFAULT
              + " ("
              + Text.of(defaultTtl)
              + ") must be at most "
              + MAX
              + " ("
              + Text.of(maxTtl)
              + ")",
          DEFAULT,
          MAX);
    }
  }
}
