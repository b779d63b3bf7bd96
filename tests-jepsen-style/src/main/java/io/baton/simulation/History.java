package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every change of the cluster, as the first coordinator to apply it wrote it down. */
final class History {
  /** What was there before, from revision 1 on, without a gap; {@code events} follow. */
  private final List<HistoryEvent> past;

  private final List<HistoryEvent> events = new ArrayList<>();

  History(List<HistoryEvent> past) {
    this.past = past;
  }

  /** The revision of the last change. */
  long newest() {
    return past.size() + (long) events.size();
  }

  /** Takes in what this coordinator knows and nobody knew before. */
  void learn(SimCoordinator from) {
    if (from.state().revision() > newest()) {
      append(from.events(newest() + 1));
    }
  }

  void append(List<HistoryEvent> more) {
    events.addAll(more);
  }

  /** The change at a revision; null: there was none yet. */
  @Nullable HistoryEvent event(long revision) {
    if (revision < 1 || revision > newest()) {
      return null;
    }
    int place = (int) revision - 1;
    return place < past.size() ? past.get(place) : events.get(place - past.size());
  }
}
