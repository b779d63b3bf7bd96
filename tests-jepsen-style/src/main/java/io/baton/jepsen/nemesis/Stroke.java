package io.baton.jepsen.nemesis;

/**
 * A fault that has begun.
 *
 * @param detail whom it hit and how hard, in words
 * @param end ends it, as far as that does not happen by itself; may block for seconds
 * @param settle is run when everything is mended, and returns when nothing of it is left to do; may
 *     block for minutes
 */
public record Stroke(String detail, Runnable end, Runnable settle) {
  /** One that lasts until it is ended. */
  static Stroke until(String detail, Runnable end) {
    return new Stroke(detail, end, () -> {});
  }

  /** One that nothing ends but the repair of everything after the storm. */
  static Stroke lasting(String detail) {
    return until(detail, () -> {});
  }

  /** One that began something which ends by itself once all is well. */
  static Stroke settling(String detail, Runnable settle) {
    return new Stroke(detail, () -> {}, settle);
  }
}
