package io.baton.coordinator.service;

import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applied state and history on disk. Owned by the core thread. Any failure stops the process: it is
 * never an answer.
 */
public interface Store {
  /**
   * Writes what one log entry changed, in one batch with its index.
   *
   * @param touched new values by key; empty: the entity is gone
   * @param compactedRevision events at or below it are to be forgotten
   */
  void write(
      long term,
      long index,
      Map<Entity.Key, Optional<Entity>> touched,
      List<HistoryEvent> events,
      long compactedRevision);

  /** Remembers the index of an entry that changed nothing of ours. */
  void mark(long term, long index);

  /** Events with {@code revision >= from}, ascending, at most {@code limit}. */
  List<HistoryEvent> eventsFrom(long from, int limit);

  /** Events with {@code revision <= from}, descending, at most {@code limit}. */
  List<HistoryEvent> eventsBackFrom(long from, int limit);
}
