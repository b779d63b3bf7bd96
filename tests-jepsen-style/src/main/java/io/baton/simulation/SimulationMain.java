package io.baton.simulation;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code scripts/simulate}: plays new seeds for some minutes or hours, or one seed. */
public final class SimulationMain {
  private static final int BROKEN = 1;
  private static final int USAGE = 2;
  private static final int CRASHED = 3;

  private long seconds = -1;
  private double hours = -1;
  private long seed = -1;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Trace trace = Trace.OFF;
  private Scenario scenario = Scenario.STANDARD;
  private @Nullable Schedule schedule;

  private SimulationMain() {}

  /** Exits 1 at a broken promise, 2 on wrong usage, 3 if the simulation itself fails. */
  public static void main(String[] args) {
    SimulationMain main = new SimulationMain();
    try {
      main.parse(args);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println("wrong arguments: " + e.getMessage());
      System.exit(USAGE);
    }
    System.exit(main.run());
  }

  private void parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--minutes" -> seconds = TimeUnit.MINUTES.toSeconds(Long.parseLong(args[++i]));
        case "--seconds" -> seconds = Long.parseLong(args[++i]);
        case "--hours" -> hours = Double.parseDouble(args[++i]);
        case "--seed" -> seed = Long.parseLong(args[++i]);
        case "--schedule" -> schedule = Schedule.parse(args[++i]);
        case "--threads" -> threads = Integer.parseInt(args[++i]);
        case "--trace" ->
            trace = (at, who, what) -> System.out.printf("%10.3f %-8s %s%n", at / 1e9, who, what);
        default -> scenario = Scenario.of(args[i]);
      }
    }
  }

  private int run() {
    try {
      boolean one = seed >= 0 && seconds < 0 && hours < 0;
      if (one) {
        playOne();
      } else {
        playMany();
      }
      return 0;
    } catch (Violation violation) {
      System.err.println(violation.getMessage());
      return BROKEN;
    } catch (RuntimeException | InterruptedException | Error e) {
      e.printStackTrace();
      return CRASHED;
    }
  }

  private void playOne() {
    Schedule chosen =
        schedule != null ? schedule : Schedule.draw(scenario, seed, Simulation.RUN_MILLIS);
    System.out.println("seed " + seed + ": " + chosen);
    Simulation.Played played = Simulation.play(scenario, seed, chosen, trace);
    System.out.print(played.coverage());
    System.out.printf("%d steps, no promise broken%n", played.steps());
  }

  private void playMany() throws InterruptedException {
    long first = seed >= 0 ? seed : System.currentTimeMillis() * 1_000;
    boolean byHours = hours >= 0 && seconds < 0;
    long limit =
        byHours ? Long.MAX_VALUE / 2 : TimeUnit.SECONDS.toNanos(seconds < 0 ? 60 : seconds);
    long start = System.nanoTime();
    Player player = new Player(scenario, first, limit, hours < 0 ? Double.MAX_VALUE : hours);
    Player.Totals totals = player.play(threads);
    System.out.print(totals.coverage());
    System.out.print(player.report(totals, System.nanoTime() - start));
  }
}
