package io.baton.coordinator.service;

import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** History in memory; counts how often it is read. */
final class MemoryStore implements Store {
  private final TreeMap<Long, HistoryEvent> events = new TreeMap<>();
  int reads;
  long appliedIndex;

  @Override
  public void write(
      long term,
      long index,
      Map<Entity.Key, Optional<Entity>> touched,
      List<HistoryEvent> written,
      long compactedRevision) {
    mark(term, index);
    written.forEach(e -> events.put(e.revision(), e));
    events.headMap(compactedRevision, true).clear();
  }

  @Override
  public void mark(long term, long index) {
    appliedIndex = index;
  }

  @Override
  public List<HistoryEvent> eventsFrom(long from, int limit) {
    reads++;
    return events.tailMap(from, true).values().stream().limit(limit).toList();
  }

  @Override
  public List<HistoryEvent> eventsBackFrom(long from, int limit) {
    reads++;
    return events.headMap(from, true).descendingMap().values().stream().limit(limit).toList();
  }

  List<HistoryEvent> all() {
    return List.copyOf(events.values());
  }

  /** An installed snapshot brings its history along. */
  void replaceBy(MemoryStore other) {
    events.clear();
    events.putAll(other.events);
    appliedIndex = other.appliedIndex;
  }
}
