package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Limits;
import java.util.List;
import java.util.Objects;

/**
 * Promise 6: a watch is told what history says, all of it that was asked for, and to the end;
 * COMPACTED is only what history is allowed to forget.
 */
final class WatchesTellHistory extends Invariant {
  private final History history;

  WatchesTellHistory(History history) {
    this.history = history;
  }

  /**
   * A watch was told of changes, and that there are no others from {@code next} up to {@code
   * revision}.
   *
   * @param group empty: it watches all
   * @return how many changes were passed over, being others'
   */
  long delivered(String group, long next, List<HistoryEvent> events, long revision) {
    int told = 0;
    long passedOver = 0;
    for (long at = next; at <= revision; at++) {
      HistoryEvent event = history.event(at);
      if (event != null && !group.isEmpty() && !event.group().equals(group)) {
        passedOver++;
      } else if (event == null
          || told == events.size()
          || !Objects.equals(event, events.get(told++))) {
        violated(
            "a watch at revision " + next + " was told " + events + " where history has " + event);
        return passedOver;
      }
    }
    if (told < events.size()) {
      violated("a watch up to revision " + revision + " was also told " + events.get(told));
    }
    return passedOver;
  }

  /** A watch at {@code next} was told that what it wants is gone, by who has applied a revision. */
  void compacted(long next, long floor, long applied) {
    long allowed = Math.max(0, applied - Limits.EVENTS_KEPT);
    if (floor != allowed || next > floor) {
      violated(
          "a watch at revision "
              + next
              + " was told that history is gone up to "
              + floor
              + ", which may be up to "
              + allowed);
    }
  }

  /** All is over, and a watch has long been ready for everything up to {@code revision}. */
  void settled(String watcher, long next, long revision) {
    if (next <= revision) {
      violated(watcher + " still waits for revision " + next + " of " + revision);
    }
  }
}
