package io.baton.simulation;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** {@code scripts/simulate}: plays new seeds for some minutes or hours, or one seed. */
public final class SimulationMain {
  static final int BROKEN = 1;
  static final int USAGE = 2;
  static final int CRASHED = 3;

  private static final long USUAL_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long NO_LIMIT_NANOS = Long.MAX_VALUE / 2;

  private final Options options;
  private final PrintStream out;

  private SimulationMain(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Exits 1 at a broken promise, 2 on wrong usage, 3 if something crashed. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      err.println("wrong arguments: " + e.getMessage() + " (--help says what there is)");
      return USAGE;
    }
    try {
      new SimulationMain(options, out).play();
      return 0;
    } catch (Violation violation) {
      err.println(violation.getMessage());
      return BROKEN;
    } catch (RuntimeException | InterruptedException | Error e) {
      e.printStackTrace(err);
      return CRASHED;
    }
  }

  private void play() throws InterruptedException {
    Long seed = options.seed();
    if (seed != null && options.one()) {
      playOne(seed);
    } else {
      playMany(seed != null ? seed : System.currentTimeMillis() * 1_000);
    }
  }

  private void playOne(long seed) {
    Scenario scenario = options.scenario();
    Schedule given = options.schedule();
    Schedule schedule =
        given != null ? given : Schedule.draw(scenario, seed, Simulation.RUN_MILLIS);
    out.println("seed " + seed + ": " + schedule);
    Trace trace =
        options.trace()
            ? (at, who, what) -> out.printf("%10.3f %-8s %s%n", at / 1e9, who, what)
            : Trace.OFF;
    Simulation.Played played = Simulation.play(scenario, seed, schedule, trace);
    out.print(played.coverage());
    out.printf("%d steps, no promise broken%n", played.steps());
  }

  private void playMany(long first) throws InterruptedException {
    Double hours = options.hours();
    Long nanos = options.nanos();
    long limit = nanos != null ? nanos : hours != null ? NO_LIMIT_NANOS : USUAL_NANOS;
    long start = System.nanoTime();
    Player player =
        new Player(options.scenario(), first, limit, hours != null ? hours : Double.MAX_VALUE);
    Player.Totals totals = player.play(options.threads());
    out.print(totals.coverage());
    out.print(player.report(totals, System.nanoTime() - start));
  }
}
