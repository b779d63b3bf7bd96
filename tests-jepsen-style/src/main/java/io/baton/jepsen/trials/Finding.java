package io.baton.jepsen.trials;

import java.util.List;

/**
 * What one trial found.
 *
 * @param millis the time that was measured
 * @param note whatever else is worth a word
 * @param broken promises that did not hold, in words
 */
record Finding(double millis, String note, List<String> broken) {
  Finding {
    broken = List.copyOf(broken);
  }

  static Finding of(long nanos, String note, List<String> broken) {
    return new Finding(nanos / 1e6, note, broken);
  }
}
