package io.baton.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Slots as people write them. */
public final class SlotRanges {
  /** More say nothing to people. */
  private static final int SHOWN = 4;

  private SlotRanges() {}

  /** {@code 3}, {@code 0-17,40}; of many ranges the first, and how many slots there are. */
  public static String of(SortedSet<Integer> slots) {
    List<String> ranges = new ArrayList<>();
    int first = -1;
    int last = -1;
    for (int slot : slots) {
      if (last >= 0 && slot != last + 1) {
        ranges.add(range(first, last));
        first = slot;
      }
      first = first < 0 ? slot : first;
      last = slot;
    }
    if (last >= 0) {
      ranges.add(range(first, last));
    }
    return ranges.size() <= SHOWN
        ? String.join(",", ranges)
        : String.join(",", ranges.subList(0, SHOWN)) + ",... (" + slots.size() + " slots)";
  }

  private static String range(int first, int last) {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
