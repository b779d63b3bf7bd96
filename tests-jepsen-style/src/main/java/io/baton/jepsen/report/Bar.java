package io.baton.jepsen.report;

/**
 * A stretch of time in a {@link Lane}; nanoseconds since the run began.
 *
 * @param label short, such as {@code epoch 1234}; shown where there is room, may be empty
 * @param tooltip more, for who points at it; may be empty
 */
public record Bar(long fromNanos, long untilNanos, BarKind kind, String label, String tooltip) {
  public Bar {
    Timeline.requireOrder(fromNanos, untilNanos);
  }
}
