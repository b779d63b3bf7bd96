package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import java.util.List;

/**
 * Every watcher sees every event once and in order, on whatever coordinator it watches, or is told
 * that it can't (promise 6).
 */
final class RevisionHasNoGaps extends Invariant {
  /** Returns the position after the events. */
  long delivered(long next, List<HistoryEvent> events) {
    long expected = next;
    for (HistoryEvent event : events) {
      if (event.revision() != expected) {
        violated("a watcher at revision " + expected + " was given " + event.revision());
      }
      expected = event.revision() + 1;
    }
    return expected;
  }

  /** A watcher was told that what it wants next is gone. */
  void compacted(long next, long compactedRevision) {
    if (next > compactedRevision) {
      violated(
          "a watcher at revision "
              + next
              + " was told that "
              + compactedRevision
              + " is the floor");
    }
  }
}
