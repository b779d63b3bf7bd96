package io.baton.coordinator.service;

import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** A watch's receiver: keeps what is delivered, takes as much as it is told to. */
final class RecordingSink implements Api.WatchSink {
  final List<HistoryEvent> events = new ArrayList<>();
  final List<Long> heartbeats = new ArrayList<>();
  final List<Long> compacted = new ArrayList<>();
  int room = Integer.MAX_VALUE;
  long reached;

  @Override
  public boolean ready() {
    return room > 0;
  }

  @Override
  public void deliver(List<HistoryEvent> batch, long revision) {
    if (!compacted.isEmpty()) {
      throw new AssertionError("delivered after COMPACTED");
    }
    if (revision < reached) {
      throw new AssertionError("went back from " + reached + " to " + revision);
    }
    reached = revision;
    if (batch.isEmpty()) {
      heartbeats.add(revision);
    } else {
      room--;
      events.addAll(batch);
    }
  }

  @Override
  public void compacted(long compactedRevision) {
    compacted.add(compactedRevision);
  }

  List<Long> revisions() {
    return events.stream().map(HistoryEvent::revision).toList();
  }
}
