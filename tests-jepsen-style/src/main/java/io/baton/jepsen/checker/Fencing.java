package io.baton.jepsen.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a database's fence (promise 2): nothing under an old epoch is accepted after something
 * under a newer one of the same slot; and counts what a database without a fence would have taken.
 * Thread-safe.
 */
public final class Fencing {
  private record Newest(long epoch, long nanos) {}

  private final Map<SlotName, Newest> newest = new HashMap<>();
  private final List<String> letThrough = new ArrayList<>();
  private long late;
  private long longestNanos;

  /** A write arrived. */
  public synchronized void arrived(SlotName slot, long epoch, long nanos, boolean accepted) {
    Newest before = newest.get(slot);
    if (before == null || epoch > before.epoch) {
      newest.put(slot, new Newest(epoch, nanos));
    } else if (epoch < before.epoch) {
      late++;
      longestNanos = Math.max(longestNanos, nanos - before.nanos);
      if (accepted) {
        letThrough.add(
            "%s took a write under epoch %d after one under %d"
                .formatted(slot, epoch, before.epoch));
      }
    }
  }

  /** What should have been refused. */
  public synchronized List<String> letThrough() {
    return List.copyOf(letThrough);
  }

  /** How many came late, accepted or not. */
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
