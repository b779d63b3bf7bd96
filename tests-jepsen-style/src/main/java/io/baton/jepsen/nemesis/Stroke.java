package io.baton.jepsen.nemesis;

/**
 * A fault that has begun.
 *
 * @param detail whom it hit and how hard, in words
 * @param end ends it, when its extent says; may block for seconds, and for minutes where that is
 *     {@link Extent#UNTIL_SETTLED}
 */
public record Stroke(String detail, Extent extent, Runnable end) {
  /** How long a fault is in force. */
  public enum Extent {
    /** It is over already. */
    MOMENT,
    /** Until it is ended, in the storm. */
    UNTIL_ENDED,
    /** It ends by itself, when all is well at the latest: its end waits for that. */
    UNTIL_SETTLED
  }

  /** One that lasts until it is ended. */
  static Stroke until(String detail, Runnable end) {
    return new Stroke(detail, Extent.UNTIL_ENDED, end);
  }

  /** One that is over already. */
  static Stroke moment(String detail) {
    return new Stroke(detail, Extent.MOMENT, () -> {});
  }

  /** One that began something which ends by itself once all is well. */
  static Stroke settling(String detail, Runnable settle) {
    return new Stroke(detail, Extent.UNTIL_SETTLED, settle);
  }
}
