package io.baton.jepsen.recorded;

import java.util.HashMap;
import java.util.Map;

/**
 * Which number of now stands for which of then: sessions, memberships and epochs are revisions, and
 * another run has others.
 */
final class Renumbering {
  private final Map<Long, Long> now = new HashMap<>();

  /** Whether a number may stand for that one; the first that is asked about does. */
  boolean fits(long then, long present) {
    if (then == 0 || present == 0) {
      return then == present;
    }
    return now.computeIfAbsent(then, t -> present) == present;
  }

  /** What stands for it. */
  long of(long then) {
    Long present = then == 0 ? Long.valueOf(0) : now.get(then);
    if (present == null) {
      throw new IllegalStateException("nothing stands for " + then);
    }
    return present;
  }
}
