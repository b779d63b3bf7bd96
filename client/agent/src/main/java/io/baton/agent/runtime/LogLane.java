package io.baton.agent.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of those who must not wait for a log: a full disk or a stopped terminal holds up
 * one thread that nothing depends on. Lines beyond the queue's bound are dropped and counted.
 */
final class LogLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.baton.agent");
  private static final int LONGEST_QUEUE = 1_000;
  private static final int LAST_LINES_MILLIS = 500;

  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor lane;

  LogLane(ThreadFactory threads) {
    lane =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LONGEST_QUEUE), threads);
    boolean unused = lane.prestartCoreThread();
  }

  void info(String line) {
    write(() -> LOG.info(line));
  }

  void warn(String line) {
    write(() -> LOG.warn(line));
  }

  void warn(String line, Throwable cause) {
    write(() -> withCause(() -> LOG.warn(line, cause), () -> LOG.warn(line)));
  }

  void error(String line) {
    write(() -> LOG.error(line));
  }

  void error(String line, Throwable cause) {
    write(() -> withCause(() -> LOG.error(line, cause), () -> LOG.error(line)));
  }

  private static void withCause(Runnable whole, Runnable withoutCause) {
    try {
      whole.run();
    } catch (Throwable e) { // a user's exception that can't describe itself
      withoutCause.run();
    }
  }

  /** Neither blocks nor throws. */
  void write(Runnable line) {
    try {
      lane.execute(() -> writeNow(line));
    } catch (RuntimeException | Error e) {
      dropped.incrementAndGet();
    }
  }

  private void writeNow(Runnable line) {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warn("{} lines could not be logged in time and are lost", lost);
    }
    line.run();
  }

  long dropped() {
    return dropped.get();
  }

  /** Waits a moment for the last lines. */
  @Override
  public void close() {
    lane.shutdown();
    try {
      boolean unused = lane.awaitTermination(LAST_LINES_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
