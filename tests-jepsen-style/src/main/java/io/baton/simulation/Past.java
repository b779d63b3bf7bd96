package io.baton.simulation;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.ClusterInfo;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A history of nearly as many events as are kept, so that compaction is at work in every run and
 * not only after hours.
 */
final class Past {
  private static final long EVENTS = Limits.EVENTS_KEPT - 60L;
  private static final List<HistoryEvent> HISTORY = history();
  private static final SimCoordinator.Snapshot SNAPSHOT = make();

  private Past() {}

  /** What every coordinator's disk holds when the world begins. */
  static SimCoordinator.Snapshot snapshot() {
    return SNAPSHOT;
  }

  /** Its events, from revision 1 on. */
  static List<HistoryEvent> events() {
    return HISTORY;
  }

  private static List<HistoryEvent> history() {
    List<HistoryEvent> events = new ArrayList<>();
    for (long revision = 1; revision <= EVENTS; revision++) {
      events.add(event(revision));
    }
    return List.copyOf(events);
  }

  private static SimCoordinator.Snapshot make() {
    ClusterInfo begun = ClusterState.empty().cluster();
    ClusterInfo info =
        new ClusterInfo(
            begun.id(),
            EVENTS,
            0,
            0,
            begun.maxTtlMillis(),
            begun.defaultTtlMillis(),
            begun.featureLevel(),
            0,
            null);
    List<Entity> image = List.of(info);
    return new SimCoordinator.Snapshot(0, 0, image, new MemoryStore(image, HISTORY));
  }

  private static HistoryEvent event(long revision) {
    return new HistoryEvent(
        revision,
        0,
        HistoryEvent.Type.GROUP_CHANGED,
        "group-0",
        "",
        0,
        0,
        0,
        null,
        new Actor("past", ""),
        List.of(),
        0,
        Map.of());
  }
}
