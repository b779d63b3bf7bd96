package io.baton.coordinator.config;

import java.time.Duration;

/** How long a follower waits for its leader before it campaigns: a time between the two. */
public record TimingConfig(Duration electionMin, Duration electionMax) {
  static final String ELECTION = "timing.election-timeout";
  private static final Duration SMALLEST = Duration.ofMillis(100);
  private static final Duration LARGEST = Duration.ofSeconds(30);

  public TimingConfig {
    if (electionMin.compareTo(SMALLEST) < 0 || electionMax.compareTo(LARGEST) > 0) {
      throw new RelationException(
          ELECTION + " must lie between " + Text.of(SMALLEST) + " and " + Text.of(LARGEST),
          ELECTION);
    }
    if (electionMin.multipliedBy(3).dividedBy(2).compareTo(electionMax) > 0) {
      throw new RelationException(
          ELECTION + " must end at 1.5 times its beginning or later, or elections keep colliding",
          ELECTION);
    }
  }
}
