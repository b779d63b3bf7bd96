package io.baton.simulation;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays whole clusters from seeds. Single-threaded and deterministic: the same seed plays the same
 * run.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Plays one run of {@code seconds} of simulated time with faults, then 90 s without.
   *
   * @return how often each interesting case occurred
   * @throws Violation if a promise was broken
   */
  public static Map<String, Long> play(Scenario scenario, long seed, long seconds, Trace trace) {
    World world = new World(scenario, seed, trace);
    world.play(TimeUnit.SECONDS.toNanos(seconds));
    return world.coverage();
  }
}
