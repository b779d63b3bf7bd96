package io.baton.simulation;

import io.baton.coordinator.service.Store;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store that forgets with its process, but for what {@link #copy} has taken. */
final class MemoryStore implements Store {
  private final TreeMap<Long, HistoryEvent> events = new TreeMap<>();

  MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.events.putAll(events);
    return copy;
  }

  /** Takes another's history in place of its own. */
  void replaceBy(MemoryStore other) {
    events.clear();
    events.putAll(other.events);
  }

  @Override
  public void write(
      long term,
      long index,
      Map<Entity.Key, Optional<Entity>> touched,
      List<HistoryEvent> newEvents,
      long compactedRevision) {
    for (HistoryEvent event : newEvents) {
      events.put(event.revision(), event);
    }
    events.headMap(compactedRevision, true).clear();
  }

  @Override
  public void mark(long term, long index) {}

  @Override
  public List<HistoryEvent> eventsFrom(long from, int limit) {
    return first(events.tailMap(from, true), limit);
  }

  @Override
  public List<HistoryEvent> eventsBackFrom(long from, int limit) {
    return first(events.headMap(from, true).descendingMap(), limit);
  }

  private static List<HistoryEvent> first(Map<Long, HistoryEvent> some, int limit) {
    return new ArrayList<>(some.values().stream().limit(limit).toList());
  }
}
