package io.baton.jepsen.cluster;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Sets of slots as one word, like {@code 0-3,7}. */
public final class SlotRanges {
  private SlotRanges() {}

  /** The word for a set; empty for the empty one. */
  public static String text(Collection<Integer> slots) {
    NavigableSet<Integer> left = new TreeSet<>(slots);
    StringJoiner ranges = new StringJoiner(",");
    while (!left.isEmpty()) {
      int first = left.first();
      int last = first;
      while (left.remove(last + 1)) {
        last++;
      }
      left.remove(first);
      ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
    }
    return ranges.toString();
  }

  /**
   * The set that a word stands for.
   *
   * @throws NumberFormatException it is none of {@link #text}'s
   */
  public static NavigableSet<Integer> parse(String text) {
    NavigableSet<Integer> slots = new TreeSet<>();
    for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int slot = Integer.parseInt(ends[0]); slot <= last; slot++) {
        slots.add(slot);
      }
    }
    return slots;
  }
}
