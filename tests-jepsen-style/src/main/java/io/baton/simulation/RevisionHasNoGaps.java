package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every watcher sees every event once and in order, on whatever coordinator it watches (promise 6).
 */
final class RevisionHasNoGaps implements Invariant {
  private String wrong = "";

  /** Returns the position after the events. */
  long delivered(long next, List<HistoryEvent> events) {
    long expected = next;
    for (HistoryEvent event : events) {
      if (event.revision() != expected) {
        wrong = "a watcher at revision " + expected + " was given " + event.revision();
      }
      expected = event.revision() + 1;
    }
    return expected;
  }

  @Override
  public @Nullable String broken(World world) {
    return wrong.isEmpty() ? null : wrong;
  }
}
