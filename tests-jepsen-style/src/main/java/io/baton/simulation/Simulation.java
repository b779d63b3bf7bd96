package io.baton.simulation;

/**
 * Plays whole clusters. Single-threaded and deterministic: the same scenario, seed and schedule
 * play the same run.
 */
public final class Simulation {
  /** How long a drawn schedule is. */
  static final long RUN_MILLIS = 600_000;

  private Simulation() {}

  /**
   * What a run came to.
   *
   * @param millis simulated time with faults; the calm after it does not count
   * @param steps things that happened
   */
  public record Played(Coverage coverage, long millis, long steps) {}

  /** Plays the schedule that the seed draws. */
  public static Played play(Scenario scenario, long seed, Trace trace) {
    return play(scenario, seed, Schedule.draw(scenario, seed, RUN_MILLIS), trace);
  }

  /**
   * Plays a schedule, then 90 s without faults.
   *
   * @throws Violation if a promise was broken
   * @throws Crash if anything else was thrown
   */
  public static Played play(Scenario scenario, long seed, Schedule schedule, Trace trace) {
    Replay replay = new Replay(scenario, seed, schedule);
    World world = null;
    try {
      world = new World(scenario, seed, trace);
      world.play(schedule);
    } catch (Broken broken) {
      throw new Violation(broken, replay);
    } catch (RuntimeException | Error e) {
      throw new Crash(e, world == null ? 0 : world.scheduler().now(), replay);
    }
    return new Played(world.coverage(), schedule.endMillis(), world.scheduler().planned());
  }
}
