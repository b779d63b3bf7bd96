package io.baton.jepsen.checker;

import java.util.HashMap;
import java.util.Map;

/**
 * What would have happened to a database without a fence: writes under an old epoch after one under
 * a newer. Thread-safe.
 */
public final class Refusals {
  private record Newest(long epoch, long nanos) {}

  private final Map<String, Newest> newest = new HashMap<>();
  private long late;
  private long longestNanos;

  /** A write arrived, refused or not. */
  public synchronized void arrived(String group, long epoch, long nanos) {
    Newest before = newest.get(group);
    if (before == null || epoch > before.epoch) {
      newest.put(group, new Newest(epoch, nanos));
    } else if (epoch < before.epoch) {
      late++;
      longestNanos = Math.max(longestNanos, nanos - before.nanos);
    }
  }

  /** How many came late. */
  public synchronized long late() {
    return late;
  }

  /** How many, and how late. */
  public synchronized String words() {
    return late == 0
        ? "0"
        : "%d, up to %.0f ms after the newer active's first".formatted(late, longestNanos / 1e6);
  }
}
