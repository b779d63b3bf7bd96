package io.baton.jepsen.trials;

/**
 * Times that are not to be passed, in milliseconds.
 *
 * @param medianMillis for the median
 * @param maximumMillis for every one
 */
record Bounds(long medianMillis, long maximumMillis) {
  /** Stands for no bound. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  static final Bounds NONE = new Bounds(UNBOUNDED, UNBOUNDED);

  static Bounds median(long millis) {
    return new Bounds(millis, UNBOUNDED);
  }

  static Bounds maximum(long millis) {
    return new Bounds(UNBOUNDED, millis);
  }
}
