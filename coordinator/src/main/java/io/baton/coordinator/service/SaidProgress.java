package io.baton.coordinator.service;

import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The progress that is on its way in rounds. An agent says each only once on a stream, so what a
 * failed round took along goes with the session's next renewal, unless a later one has said
 * something newer. The renewal itself is not said again: its agent may be dead by then.
 */
final class SaidProgress {
  private final Map<RoundId, Map<Long, Map<String, Progress>>> onTheWay = new HashMap<>();
  private final Map<Long, Map<String, Progress>> lost = new HashMap<>();

  /** The renewal with what was lost of its session's progress. */
  Renewal complete(Renewal renewal) {
    Map<String, Progress> before = lost.remove(renewal.session());
    return before == null ? renewal : later(before, renewal);
  }

  /** What {@code after} says, and what only {@code before} said. */
  static Renewal later(Map<String, Progress> before, Renewal after) {
    if (before.isEmpty()) {
      return after;
    }
    Map<String, Progress> said = new TreeMap<>(before);
    said.putAll(after.progress());
    return after.with(said);
  }

  /** A round takes these along; of what it says anew it is the only one that matters. */
  void sent(RoundId round, List<Renewal> renewals) {
    Map<Long, Map<String, Progress>> carried = new HashMap<>();
    for (Renewal renewal : renewals) {
      if (!renewal.progress().isEmpty()) {
        onTheWay.values().forEach(earlier -> outdate(earlier.get(renewal.session()), renewal));
        carried.put(renewal.session(), new TreeMap<>(renewal.progress()));
      }
    }
    if (!carried.isEmpty()) {
      onTheWay.put(round, carried);
    }
  }

  private static void outdate(@Nullable Map<String, Progress> said, Renewal by) {
    if (said != null) {
      said.keySet().removeAll(by.progress().keySet());
    }
  }

  /** A round is applied. */
  void arrived(RoundResult result) {
    onTheWay.remove(result.round().id());
    if (!lost.isEmpty()) {
      for (HistoryEvent event : result.events()) {
        if (event.type() == HistoryEvent.Type.SESSION_ENDED) {
          lost.remove(event.session());
        }
      }
    }
  }

  /** A round came to nothing, or nobody can tell. */
  void failed(RoundId round) {
    Map<Long, Map<String, Progress>> carried = onTheWay.remove(round);
    if (carried != null) {
      carried.forEach(
          (session, said) -> lost.computeIfAbsent(session, s -> new TreeMap<>()).putAll(said));
    }
  }

  /** Leadership is lost: agents say all of it again elsewhere. */
  void clear() {
    onTheWay.clear();
    lost.clear();
  }
}
