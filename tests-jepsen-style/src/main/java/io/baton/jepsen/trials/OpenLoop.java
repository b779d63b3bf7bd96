package io.baton.jepsen.trials;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Requests that go out by the clock, whether or not there were answers. One thread; the work must
 * not block, and whoever is late catches up.
 */
final class OpenLoop implements AutoCloseable {
  private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1);

  /** Does that from now on, once in so many milliseconds. */
  void every(long millis, Runnable work) {
    var unused = thread.scheduleAtFixedRate(work, 0, millis, TimeUnit.MILLISECONDS);
  }

  /** Ends; what was sent is on its way. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a request blocked its sender");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
