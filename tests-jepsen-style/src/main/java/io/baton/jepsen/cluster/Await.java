package io.baton.jepsen.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline. */
public final class Await {
  private static final long PAUSE_MILLIS = 10;

  private Await() {}

  /**
   * Blocks until the condition holds; looks every 10 ms.
   *
   * @param what completes "waited 10 s in vain: "
   * @throws IllegalStateException it did not hold in time
   */
  public static void until(String what, Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    value(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** As {@link #until}; returns the first value that is there. */
  public static <T> T value(String what, Duration patience, Supplier<Optional<T>> source)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new IllegalStateException("waited " + patience.toMillis() + " ms in vain: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
