package io.baton.agent.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A loop that has to move: one that hangs while the process still answers is as dead as a process
 * that ended. Any thread.
 */
public final class Movement implements Check {
  private final Duration maxAge;
  private final LongSupplier nanos;
  private volatile long movedAt;

  /**
   * Counts from now.
   *
   * @param nanos a monotonic clock
   */
  public Movement(Duration maxAge, LongSupplier nanos) {
    this.maxAge = maxAge;
    this.nanos = nanos;
    this.movedAt = nanos.getAsLong();
  }

  /** The loop has come round. */
  public void moved() {
    movedAt = nanos.getAsLong();
  }

  @Override
  public void run() {
    Duration age = Duration.ofNanos(nanos.getAsLong() - movedAt);
    if (age.compareTo(maxAge) > 0) {
      throw new IllegalStateException("has not moved for more than " + maxAge.toMillis() + " ms");
    }
  }
}
