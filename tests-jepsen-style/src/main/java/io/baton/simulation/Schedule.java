package io.baton.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What goes wrong, and when: faults in the order of their times. A value with a text of one line,
 * {@code 12.5s crash n1 for 3s; 14s switchover}, by which it can be played again.
 */
public record Schedule(List<Timed> faults) {
  /** After the last fault is over, before what is still broken is mended. */
  private static final long AFTERMATH_MILLIS = 10_000;

  /** The text of a schedule without faults. */
  private static final String NOTHING = "nothing";

  public Schedule {
    faults = faults.stream().sorted(Comparator.comparingLong(Timed::atMillis)).toList();
  }

  /** A fault at a time since the start. */
  record Timed(long atMillis, Fault fault) {
    @Override
    public String toString() {
      return seconds(atMillis) + " " + fault;
    }
  }

  /** The schedule of a seed. Sometimes two faults come together: together they do more. */
  static Schedule draw(Scenario scenario, long seed, long millis) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
    List<Fault.Kind> kinds = scenario.mix().kinds();
    List<Timed> drawn = new ArrayList<>();
    double mean = scenario.meanFaultMillis();
    double at = 0;
    while (true) {
      boolean together = !drawn.isEmpty() && !scenario.oneAtATime() && random.nextInt(6) == 0;
      at += together ? random.nextInt(1_500) : 0.4 * mean + 1.6 * mean * random.nextDouble();
      if (at >= millis) {
        return new Schedule(drawn);
      }
      Fault.Kind kind = kinds.get(random.nextInt(kinds.size()));
      Fault fault = Fault.of(kind, scenario, random.nextInt(1 << 16), 20 + random.nextInt(1_000));
      drawn.add(new Timed((long) at, fault));
      if (scenario.oneAtATime()) {
        at += fault.lasts();
      }
    }
  }

  /** When all is over. */
  long endMillis() {
    long end = 0;
    for (Timed each : faults) {
      end = Math.max(end, each.atMillis + each.fault.lasts());
    }
    return end + AFTERMATH_MILLIS;
  }

  /** The inverse of {@link #toString}. */
  public static Schedule parse(String text) {
    if (text.trim().equals(NOTHING)) {
      return new Schedule(List.of());
    }
    List<Timed> parsed = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      parsed.add(FaultText.parse(part));
    }
    return new Schedule(parsed);
  }

  /** Itself, if the scenario knows all of its faults. */
  Schedule checked(Scenario scenario) {
    faults.forEach(each -> FaultCheck.check(each.fault, scenario));
    return this;
  }

  static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "s";
  }

  @Override
  public String toString() {
    return faults.isEmpty()
        ? NOTHING
        : faults.stream().map(Timed::toString).collect(Collectors.joining("; "));
  }
}
