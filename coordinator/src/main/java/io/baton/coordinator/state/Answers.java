package io.baton.coordinator.state;

import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first answers to commands that were taken, oldest first, bounded by count (design §3.4).
 * Those that found nothing to do are among them: run again, they might undo what was changed since.
 */
final class Answers {
  private final LinkedHashMap<Entity.Key, StoredAnswer> byKey = new LinkedHashMap<>();

  @Nullable StoredAnswer find(RequestId id) {
    return byKey.get(StoredAnswer.keyOf(id.client(), id.sequence()));
  }

  void add(StoredAnswer answer) {
    byKey.put(answer.key(), answer);
  }

  /** Takes out the oldest answer if there are more than are kept. */
  @Nullable StoredAnswer evict() {
    if (byKey.size() <= Limits.ANSWERS_KEPT) {
      return null;
    }
    StoredAnswer oldest = byKey.values().iterator().next();
    byKey.remove(oldest.key());
    return oldest;
  }

  @Nullable StoredAnswer get(Entity.Key key) {
    return byKey.get(key);
  }

  Stream<StoredAnswer> all() {
    return byKey.values().stream();
  }
}
