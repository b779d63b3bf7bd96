package io.baton.simulation;

import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Coordinators that have applied the same entries have the same state, renewal numbers included,
 * and have written down the same history.
 */
final class ReplicasAgree extends Invariant {
  private static final int EVERY = 128;

  private final History history;
  private final Map<Long, List<Entity>> images = new HashMap<>();

  /** What was written down before it began is everybody's. */
  private long begun;

  ReplicasAgree(History history) {
    this.history = history;
  }

  /** A coordinator has applied an entry; it was at revision {@code before}. */
  void applied(SimCoordinator coordinator, long before) {
    if (begun == 0) {
      begun = before;
    }
    if (coordinator.state().revision() > before) {
      compare(coordinator, before, coordinator.state().revision());
    }
    long index = coordinator.applied();
    if (index % EVERY != 0) {
      return;
    }
    List<Entity> image = coordinator.state().entities().toList();
    List<Entity> first = images.putIfAbsent(index, image);
    if (first != null && !first.equals(image)) {
      violated(coordinator.id() + " differs from the others at entry " + index);
    }
    images.remove(index - 1_000L * EVERY);
  }

  /** All is over: nothing up to {@code revision} may be missing anywhere that is to be kept. */
  void settled(SimCoordinator coordinator, long revision) {
    long floor = coordinator.state().revision() - Limits.EVENTS_KEPT;
    compare(coordinator, Math.max(begun, floor), revision);
  }

  private void compare(SimCoordinator coordinator, long after, long revision) {
    List<HistoryEvent> events = coordinator.events(after + 1);
    for (long at = after + 1; at <= revision; at++) {
      int place = (int) (at - after - 1);
      HistoryEvent own = place < events.size() ? events.get(place) : null;
      HistoryEvent first = history.event(at);
      if (!Objects.equals(own, first)) {
        violated(coordinator.id() + " wrote down " + own + ", the first one " + first);
      }
    }
  }
}
