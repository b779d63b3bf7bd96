package io.baton.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Plays seed after seed on several threads, each run on one, until there was enough. */
final class Player {
  private final LongFunction<Simulation.Played> game;
  private final long first;
  private final AtomicLong next;
  private final long deadline;
  private final double hours;
  private final Totals totals = new Totals();
  private @Nullable RuntimeException failure;

  /** What all runs came to. */
  static final class Totals {
    private final Coverage coverage = new Coverage();
    private long runs;
    private long millis;
    private long steps;
    private long last;

    Coverage coverage() {
      return coverage;
    }

    long runs() {
      return runs;
    }

    long steps() {
      return steps;
    }

    long last() {
      return last;
    }

    double hours() {
      return millis / 3_600_000.0;
    }
  }

  /**
   * Plays until the time is over or the simulated hours are played, whichever is first.
   *
   * @param first the first seed; the others follow it
   */
  Player(Scenario scenario, long first, long nanos, double hours) {
    this(seed -> Simulation.play(scenario, seed, Trace.OFF), first, nanos, hours);
  }

  Player(LongFunction<Simulation.Played> game, long first, long nanos, double hours) {
    this.game = game;
    this.first = first;
    this.next = new AtomicLong(first);
    this.deadline = System.nanoTime() + nanos;
    this.hours = hours;
    this.totals.last = first - 1;
  }

  /** Plays; throws the {@link Violation} or the {@link Crash} that was met, if one was. */
  Totals play(int threads) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(this::playOn, "player-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    synchronized (this) {
      if (failure != null) {
        throw failure;
      } else if (totals.runs == 0) {
        throw new IllegalStateException("no schedule was played");
      }
      return totals;
    }
  }

  private void playOn() {
    while (goesOn()) {
      long seed = next.getAndIncrement();
      try {
        add(seed, game.apply(seed));
      } catch (Violation | Crash e) {
        fail(e);
      } catch (RuntimeException | Error e) {
        fail(new IllegalStateException("seed " + seed + " can't be played", e));
      }
    }
  }

  private synchronized boolean goesOn() {
    return failure == null && System.nanoTime() - deadline < 0 && totals.hours() < hours;
  }

  private synchronized void add(long seed, Simulation.Played played) {
    totals.coverage.add(played.coverage());
    totals.runs++;
    totals.millis += played.millis();
    totals.steps += played.steps();
    totals.last = Math.max(totals.last, seed);
  }

  private synchronized void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** The figures of a whole run. */
  String report(Totals played, long nanos) {
    double minutes = nanos / (double) TimeUnit.MINUTES.toNanos(1);
    return String.format(
        "seeds %d to %d%n"
            + "%d schedules, %d faults, %d steps, no promise broken%n"
            + "%.1f simulated cluster-hours in %.1f s: %.0f hours a minute%n",
        first,
        played.last,
        played.runs,
        played.coverage.faults(),
        played.steps,
        played.hours(),
        nanos / 1e9,
        played.hours() / minutes);
  }
}
