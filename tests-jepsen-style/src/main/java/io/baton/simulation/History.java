package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every change of the cluster, as the first coordinator to apply it wrote it down. */
final class History {
  /** The event of revision r is at r - 1. */
  private final List<HistoryEvent> events = new ArrayList<>();

  /** The revision of the last change. */
  long newest() {
    return events.size();
  }

  /** Takes in what this coordinator knows and nobody knew before; returns that. */
  List<HistoryEvent> learn(SimCoordinator from) {
    List<HistoryEvent> more =
        from.state().revision() > newest() ? from.events(newest() + 1) : List.of();
    append(more);
    return more;
  }

  void append(List<HistoryEvent> more) {
    events.addAll(more);
  }

  /** The change at a revision; null: there was none yet. */
  @Nullable HistoryEvent event(long revision) {
    return revision < 1 || revision > newest() ? null : events.get((int) revision - 1);
  }
}
