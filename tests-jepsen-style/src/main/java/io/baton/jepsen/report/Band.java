package io.baton.jepsen.report;

/**
 * A fault, while it lasted; nanoseconds since the run began.
 *
 * @param fault its kind, by which faults are counted and coloured, such as {@code isolate}
 * @param detail whom it hit and how much, such as {@code n2}; may be empty
 */
public record Band(String fault, String detail, long fromNanos, long untilNanos) {
  public Band {
    Timeline.requireOrder(fromNanos, untilNanos);
  }
}
