package io.baton.cli.cluster;

import java.time.Duration;

/**
 * A moment on this process's monotonic clock.
 *
 * @param nanos as {@link System#nanoTime} counts
 */
public record Deadline(long nanos) {
  /** So far from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Time left; zero once it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Whether none is left. */
  public boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** Time left, but no more than a limit. */
  Duration leftAtMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
