package io.baton.jepsen.nemesis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Part of a fault that goes on by itself, in a thread of its own, until it is told to end. */
final class Background implements AutoCloseable {
  /** Asked by the work, now and then. */
  interface Stop {
    /** Whether it has to end. */
    boolean wanted();
  }

  /** What goes on. */
  interface Work {
    void run(Stop stop) throws InterruptedException;
  }

  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  private Background(String name, Work work) {
    thread =
        new Thread(
            () -> {
              try {
                work.run(() -> stopped);
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException inVain) {
                failure = inVain;
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  static Background start(String name, Work work) {
    return new Background(name, work);
  }

  static Map<String, Object> note(String who, RuntimeException hindered) {
    return Map.of("by", who, "says", String.valueOf(hindered.getMessage()));
  }

  /** Blocks until the work has ended; it is told that it has to. Throws what it failed with. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
