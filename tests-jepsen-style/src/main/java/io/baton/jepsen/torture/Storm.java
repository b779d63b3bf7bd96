package io.baton.jepsen.torture;

import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.nemesis.Stroke;
import io.baton.jepsen.scene.Scene;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A few faults, one after the other and at the same time: when each begins and how long it lasts is
 * drawn before the first one does. One thread.
 */
final class Storm {
  private static final int FEWEST_FAULTS = 2;
  private static final int MOST_FAULTS = 6;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** A fault of the plan: milliseconds from the beginning of the storm. */
  private record Planned(Nemesis nemesis, long fromMillis, long untilMillis, long seed) {}

  /** A fault that has begun. */
  private record Begun(Planned planned, Stroke stroke, long nanos) {}

  private final List<Planned> plan = new ArrayList<>();
  private final List<Begun> begun = new ArrayList<>();
  private final List<Begun> settling = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final Scene scene;
  private final FaultLog log;
  private long beginNanos;

  /** Draws a storm of these kinds. */
  Storm(Scene scene, FaultLog log, List<Nemesis> kinds, long millis, SplittableRandom random) {
    this.scene = scene;
    this.log = log;
    int faults = random.nextInt(FEWEST_FAULTS, MOST_FAULTS + 1);
    for (int i = 0; i < faults; i++) {
      long from = random.nextLong(millis * 2 / 3);
      long lasts = 500 + random.nextLong(millis - from - 500);
      Nemesis kind = kinds.get(random.nextInt(kinds.size()));
      plan.add(new Planned(kind, from, from + lasts, random.nextLong()));
    }
    plan.sort(Comparator.comparingLong(Planned::fromMillis));
  }

  /** Blocks until the last fault is over. */
  void rage() throws InterruptedException {
    beginNanos = System.nanoTime();
    for (Planned next : plan) {
      endUntil(next.fromMillis);
      sleepUntil(next.fromMillis);
      begin(next);
    }
    endUntil(Long.MAX_VALUE);
  }

  /** When everything is mended: blocks until nothing of it is left to do. */
  void settle() {
    settling.forEach(this::end);
  }

  /** What it was made of. */
  String words() {
    return String.join(", ", words);
  }

  private void begin(Planned next) throws InterruptedException {
    long nanos = System.nanoTime();
    try {
      Stroke stroke = next.nemesis.strike(scene, new SplittableRandom(next.seed));
      Begun fault = new Begun(next, stroke, nanos);
      words.add(next.nemesis.name() + " (" + stroke.detail() + ")");
      log.begun(next.nemesis.name(), stroke.detail(), nanos);
      switch (stroke.extent()) {
        case MOMENT -> end(fault);
        case UNTIL_ENDED -> begun.add(fault);
        case UNTIL_SETTLED -> settling.add(fault);
      }
    } catch (IllegalStateException | UncheckedIOException hindered) {
      // Its victim is a victim of something else already.
      log.hindered(next.nemesis.name());
      scene
          .history()
          .add(
              "note",
              nanos,
              Map.of("by", next.nemesis.name(), "says", String.valueOf(hindered.getMessage())));
    }
  }

  /** Ends what ends before that time, each at its own. */
  private void endUntil(long millis) throws InterruptedException {
    begun.sort(Comparator.comparingLong(fault -> fault.planned.untilMillis));
    while (!begun.isEmpty() && begun.get(0).planned.untilMillis <= millis) {
      Begun fault = begun.remove(0);
      sleepUntil(fault.planned.untilMillis);
      end(fault);
    }
  }

  private void end(Begun fault) {
    fault.stroke.end().run();
    log.ended(fault.planned.nemesis.name(), fault.stroke.detail(), fault.nanos, System.nanoTime());
  }

  private void sleepUntil(long millis) throws InterruptedException {
    long left = beginNanos + millis * MILLI - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }
}
