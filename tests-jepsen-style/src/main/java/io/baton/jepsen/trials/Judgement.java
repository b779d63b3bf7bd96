package io.baton.jepsen.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects the findings of one variant and judges them. Promises hold in every trial; times count
 * only while the machine was quiet enough to measure them. Pure.
 */
final class Judgement {
  /** A canary that was later than this says that times mean nothing. */
  static final double QUIET_MILLIS = 50;

  private final Bounds bounds;
  private final List<Double> counted = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private int warmUps;
  private int trials;

  Judgement(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Takes a finding up whose time says nothing yet; returns the line to print for it. */
  String addWarmUp(Finding finding, double canaryMillis) {
    warmUps++;
    return line("warm-up " + warmUps, finding, canaryMillis, "not counted");
  }

  /** Takes a finding up; returns the line to print for it. */
  String add(Finding finding, double canaryMillis) {
    trials++;
    boolean counts = canaryMillis < QUIET_MILLIS;
    if (counts) {
      counted.add(finding.millis());
    }
    return line("trial " + trials, finding, canaryMillis, counts ? "counted" : "too busy to count");
  }

  private String line(String which, Finding finding, double canaryMillis, String counts) {
    finding.broken().forEach(what -> broken.add(which + ": " + what));
    return String.format(
        Locale.ROOT,
        "%-10s %8.1f ms  canary %5.1f ms  %s%s%s",
        which,
        finding.millis(),
        canaryMillis,
        counts,
        finding.note().isEmpty() ? "" : "  " + finding.note(),
        finding.broken().isEmpty() ? "" : "  BROKEN: " + String.join("; ", finding.broken()));
  }

  /** Whether a promise was broken. */
  boolean isBroken() {
    return !broken.isEmpty();
  }

  /** As {@link Experiment#run} returns it. */
  int verdict() {
    if (isBroken()) {
      return Experiment.BROKEN;
    }
    if (counted.size() * 4 < trials * 3) {
      return Experiment.TOO_BUSY;
    }
    boolean within =
        median() <= (double) bounds.medianMillis() && maximum() <= (double) bounds.maximumMillis();
    return within ? Experiment.KEPT : Experiment.BROKEN;
  }

  /** What to print at the end. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(counted.isEmpty() ? "no trial counted" : times());
    broken.forEach(what -> lines.add("BROKEN in " + what));
    lines.add(
        switch (verdict()) {
          case Experiment.KEPT -> "kept";
          case Experiment.TOO_BUSY -> "machine too busy to judge";
          default -> broken.isEmpty() ? "a bound is passed" : "a promise is broken";
        });
    return lines;
  }

  private String times() {
    return String.format(
        Locale.ROOT,
        "median %.1f ms%s, maximum %.1f ms%s, of %d counted trials out of %d",
        median(),
        bound(bounds.medianMillis()),
        maximum(),
        bound(bounds.maximumMillis()),
        counted.size(),
        trials);
  }

  private static String bound(long millis) {
    return millis == Bounds.UNBOUNDED ? "" : " (at most " + millis + ")";
  }

  private double median() {
    List<Double> sorted = counted.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private double maximum() {
    return counted.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
