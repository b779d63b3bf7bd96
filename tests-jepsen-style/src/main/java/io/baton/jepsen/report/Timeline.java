package io.baton.jepsen.report;

import java.util.List;

/**
 * A run under faults, over time. Immutable.
 *
 * @param summary in the order in which it is to be read
 * @param lanes from top to bottom; those of one group stand together
 */
public record Timeline(
    String title,
    long durationNanos,
    List<Fact> summary,
    List<Check> checks,
    List<Lane> lanes,
    List<Band> bands,
    List<Mark> marks) {
  public Timeline {
    requireOrder(0, durationNanos);
    summary = List.copyOf(summary);
    checks = List.copyOf(checks);
    lanes = List.copyOf(lanes);
    bands = List.copyOf(bands);
    marks = List.copyOf(marks);
  }

  /**
   * Failed if a check failed or there is a mark; skipped if nothing failed and nothing passed
   * either, since a run that judged nothing must not look well.
   */
  public Verdict verdict() {
    if (!marks.isEmpty() || said(Verdict.FAILED)) {
      return Verdict.FAILED;
    }
    return said(Verdict.PASSED) ? Verdict.PASSED : Verdict.SKIPPED;
  }

  private boolean said(Verdict verdict) {
    return checks.stream().anyMatch(check -> check.verdict() == verdict);
  }

  static void requireOrder(long fromNanos, long untilNanos) {
    if (untilNanos < fromNanos) {
      throw new IllegalArgumentException(
          "ends before it begins: from " + fromNanos + " ns until " + untilNanos + " ns");
    }
  }
}
