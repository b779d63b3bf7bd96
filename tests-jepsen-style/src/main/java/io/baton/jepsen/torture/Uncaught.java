package io.baton.jepsen.torture;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Threads of this process that died of an exception: a load or a watcher that is gone looks like
 * one that finds nothing wrong. Any thread.
 */
final class Uncaught implements AutoCloseable {
  private final @Nullable UncaughtExceptionHandler before;
  private final ConcurrentLinkedQueue<String> deaths = new ConcurrentLinkedQueue<>();

  /** Hears of every thread that has no handler of its own, until it is closed. */
  Uncaught() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, death) -> deaths.add("thread " + thread.getName() + " died of " + words(death)));
  }

  /** An exception with where it came from. */
  static String words(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length == 0 ? thrown.toString() : thrown + " at " + trace[0];
  }

  /** Those since the last call. */
  List<String> drain() {
    List<String> all = new ArrayList<>();
    for (String next = deaths.poll(); next != null; next = deaths.poll()) {
      all.add(next);
    }
    return all;
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
