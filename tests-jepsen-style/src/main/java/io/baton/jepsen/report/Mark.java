package io.baton.jepsen.report;

/**
 * A violation, where it happened; nanoseconds since the run began.
 *
 * @param checker whose finding it is: a {@link Check}'s name
 * @param text what is wrong, in words
 * @param untilNanos as {@code atNanos} where it is about an instant
 */
public record Mark(String checker, String text, long atNanos, long untilNanos) {
  public Mark {
    Timeline.requireOrder(atNanos, untilNanos);
  }
}
