package io.baton.simulation;

import java.util.List;

/**
 * A simulated cluster, and what befalls it.
 *
 * @param option how the command line names it
 * @param driftPermille the rates of two clocks differ by at most this
 * @param meanFaultMillis time between faults, on average
 * @param oneAtATime a fault is over, and the cluster recovered, before the next
 * @param shapes what the groups are like
 */
public record Scenario(
    String option,
    int coordinators,
    int agents,
    int groups,
    long ttlMillis,
    int driftPermille,
    long meanFaultMillis,
    boolean oneAtATime,
    Mix mix,
    Shapes shapes) {
  /** What Baton promises to cope with: two clocks' rates differ by 1 %. */
  private static final int DRIFT_BOUND = 10;

  /** Three coordinators, three agents of one group, TTL 3 s, a fault every 10 s. */
  public static final Scenario STANDARD =
      new Scenario("", 3, 3, 1, 3_000, DRIFT_BOUND, 10_000, false, Mix.ALL, Shapes.PLAIN);

  /** Five coordinators, twelve agents of two groups, a fault every 2 s. */
  public static final Scenario STORMY =
      new Scenario("--stormy", 5, 12, 2, 2_000, DRIFT_BOUND, 2_000, false, Mix.ALL, Shapes.PLAIN);

  /**
   * The safe TTL, and one coordinator at a time in trouble, or all of them: promise 5, and rules 6,
   * 9 and 10.
   */
  public static final Scenario AGENTS_WELL =
      new Scenario(
          "--agents-well",
          3,
          3,
          1,
          3_500,
          DRIFT_BOUND,
          10_000,
          true,
          Mix.COORDINATORS,
          Shapes.PLAIN);

  /** Twelve agents whose leader now and then hears none of them, though its peers do: rule 10. */
  public static final Scenario AGENTS_UNHEARD =
      new Scenario(
          "--agents-unheard",
          3,
          12,
          2,
          3_500,
          DRIFT_BOUND,
          20_000,
          true,
          Mix.LEADERS_LINKS,
          Shapes.PLAIN);

  /**
   * Clocks that are far worse than what is promised for: more than one may believe that it is
   * active, and only the fence holds.
   */
  public static final Scenario BEYOND_DRIFT =
      new Scenario("--beyond-drift", 3, 3, 1, 3_000, 600, 10_000, false, Mix.ALL, Shapes.PLAIN);

  /** Seven agents of two groups of any mode, with any policy, whose operators are at work. */
  public static final Scenario EVERY_MODE =
      new Scenario(
          "--every-mode", 3, 7, 2, 3_000, DRIFT_BOUND, 5_000, false, Mix.OPERATED, Shapes.ANY);

  /** The scenario of a command line's option. */
  static Scenario of(String option) {
    for (Scenario each : List.of(STORMY, AGENTS_WELL, AGENTS_UNHEARD, BEYOND_DRIFT, EVERY_MODE)) {
      if (each.option.equals(option)) {
        return each;
      }
    }
    throw new IllegalArgumentException("unknown option " + option);
  }

  /** Whether clocks keep to what promise 1 assumes. */
  boolean withinDrift() {
    return driftPermille <= DRIFT_BOUND;
  }

  boolean strikesAgents() {
    return mix.strikesAgents();
  }
}
