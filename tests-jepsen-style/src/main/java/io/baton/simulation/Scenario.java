package io.baton.simulation;

/**
 * The size of a simulated cluster.
 *
 * @param driftPermille the rates of two clocks differ by at most this
 * @param meanFaultNanos true time between faults, on average
 */
public record Scenario(
    int coordinators,
    int agents,
    int groups,
    long ttlMillis,
    int driftPermille,
    long meanFaultNanos) {
  /** Three coordinators, three agents of one group, TTL 3 s, a fault every 10 s. */
  public static final Scenario STANDARD = new Scenario(3, 3, 1, 3_000, 10, 10 * Scheduler.SECOND);

  /** Five coordinators, eight agents of two groups, a fault every 2 s. */
  public static final Scenario STORMY = new Scenario(5, 8, 2, 2_000, 10, 2 * Scheduler.SECOND);
}
