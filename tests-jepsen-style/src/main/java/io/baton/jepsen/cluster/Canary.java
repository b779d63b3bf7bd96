package io.baton.jepsen.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread that wants to wake every 5 ms and notes how late it was: how busy the machine is, and so
 * what a measurement of time is worth. The largest lateness since {@link #begin} is kept.
 */
public final class Canary implements AutoCloseable {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final AtomicLong worstNanos = new AtomicLong();
  private volatile long due;
  private final Thread thread = new Thread(this::watch, "canary");

  private Canary() {}

  /** Starts to watch. */
  public static Canary start() {
    Canary canary = new Canary();
    canary.due = System.nanoTime() + STEP_NANOS;
    canary.thread.setDaemon(true);
    canary.thread.start();
    return canary;
  }

  /** Forgets what was before. */
  public void begin() {
    worstNanos.set(0);
  }

  /** The largest lateness since {@link #begin}, in milliseconds; counts one that still lasts. */
  public double worstMillis() {
    long lasting = System.nanoTime() - due;
    return Math.max(worstNanos.get(), lasting) / 1e6;
  }

  private void watch() {
    try {
      while (true) {
        due = System.nanoTime() + STEP_NANOS;
        TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
        worstNanos.accumulateAndGet(System.nanoTime() - due, Math::max);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
