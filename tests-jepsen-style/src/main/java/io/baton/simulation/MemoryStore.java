package io.baton.simulation;

import io.baton.coordinator.service.Store;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A store that forgets with its process, but for what {@link #copy} has taken. Like the one on disk
 * it knows of the state only what it was told.
 */
final class MemoryStore implements Store {
  private final TreeMap<Entity.Key, Entity> entities = new TreeMap<>();

  /** Without a gap: the first one's revision follows the floor. */
  private final ArrayList<HistoryEvent> events = new ArrayList<>();

  /** How many of the first events are compacted, and only not taken out yet. */
  private int compacted;

  MemoryStore() {}

  /** A store that begins with a past. */
  MemoryStore(List<Entity> image, List<HistoryEvent> history) {
    image.forEach(e -> entities.put(e.key(), e));
    events.addAll(history);
  }

  MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.replaceBy(this);
    return copy;
  }

  /** Takes another's content in place of its own. */
  void replaceBy(MemoryStore other) {
    entities.clear();
    entities.putAll(other.entities);
    events.clear();
    events.addAll(other.events.subList(other.compacted, other.events.size()));
    compacted = 0;
  }

  /** Everything it was told, with the sessions' latest images. */
  List<Entity> image(Stream<Entity> sessions) {
    sessions.forEach(e -> entities.put(e.key(), e));
    return List.copyOf(entities.values());
  }

  @Override
  public void write(
      long term,
      long index,
      Map<Entity.Key, Optional<Entity>> touched,
      List<HistoryEvent> newEvents,
      long compactedRevision) {
    for (Map.Entry<Entity.Key, Optional<Entity>> each : touched.entrySet()) {
      Optional<Entity> value = each.getValue();
      if (value.isPresent()) {
        entities.put(each.getKey(), value.get());
      } else {
        entities.remove(each.getKey());
      }
    }
    if (!newEvents.isEmpty()) {
      events.addAll(newEvents);
      while (compacted < events.size() && events.get(compacted).revision() <= compactedRevision) {
        compacted++;
      }
    }
  }

  @Override
  public void mark(long term, long index) {}

  @Override
  public List<HistoryEvent> eventsFrom(long from, int limit) {
    int start = Math.max(compacted, indexOf(from));
    int end = (int) Math.min(events.size(), (long) start + limit);
    return start >= end ? List.of() : List.copyOf(events.subList(start, end));
  }

  @Override
  public List<HistoryEvent> eventsBackFrom(long from, int limit) {
    int end = Math.min(events.size(), indexOf(from) + 1);
    int start = (int) Math.max(compacted, (long) end - limit);
    List<HistoryEvent> some =
        new ArrayList<>(start >= end ? List.of() : events.subList(start, end));
    Collections.reverse(some);
    return some;
  }

  private int indexOf(long revision) {
    return events.isEmpty() ? 0 : (int) Math.max(0, revision - events.get(0).revision());
  }
}
