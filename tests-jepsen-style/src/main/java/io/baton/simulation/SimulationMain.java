package io.baton.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code scripts/simulate}: plays seeds for some minutes, or one seed. */
public final class SimulationMain {
  private static final long RUN_SECONDS = 600;

  private SimulationMain() {}

  /**
   * Arguments: {@code [--minutes N] [--seed S [--trace]] [--stormy]}. Exits 1 at the first
   * violation.
   */
  public static void main(String[] args) {
    long minutes = 1;
    long seed = -1;
    Trace trace = Trace.OFF;
    Scenario scenario = Scenario.STANDARD;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--minutes" -> minutes = Long.parseLong(args[++i]);
        case "--seed" -> seed = Long.parseLong(args[++i]);
        case "--trace" ->
            trace = (at, who, what) -> System.out.printf("%10.3f %-8s %s%n", at / 1e9, who, what);
        case "--stormy" -> scenario = Scenario.STORMY;
        default -> {
          System.err.println("unknown argument " + args[i]);
          System.exit(2);
        }
      }
    }
    try {
      if (seed >= 0) {
        report(1, 0, Simulation.play(scenario, seed, RUN_SECONDS, trace));
      } else {
        playFor(TimeUnit.MINUTES.toNanos(minutes), scenario);
      }
    } catch (Violation violation) {
      System.err.println(violation.getMessage());
      System.exit(1);
    }
  }

  private static void playFor(long nanos, Scenario scenario) {
    long start = System.nanoTime();
    long first = System.currentTimeMillis() * 1_000;
    Map<String, Long> coverage = new TreeMap<>();
    long runs = 0;
    while (System.nanoTime() - start < nanos) {
      Simulation.play(scenario, first + runs, RUN_SECONDS, Trace.OFF)
          .forEach((what, count) -> coverage.merge(what, count, Long::sum));
      runs++;
    }
    System.out.println("seeds " + first + " to " + (first + runs - 1));
    report(runs, System.nanoTime() - start, coverage);
  }

  private static void report(long runs, long nanos, Map<String, Long> coverage) {
    coverage.forEach((what, count) -> System.out.printf("%9d  %s%n", count, what));
    System.out.printf(
        "%d runs, %.1f simulated cluster-hours in %.1f s, no promise broken%n",
        runs, runs * (RUN_SECONDS + 90) / 3600.0, nanos / 1e9);
  }
}
