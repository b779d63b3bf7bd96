package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import java.util.List;

/** Every watcher of all sees every event once and in order, wherever it watches (promise 6). */
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
}
