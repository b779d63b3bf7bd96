package io.baton.jepsen.workload;

import io.baton.jepsen.history.History;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The cluster as a load sees it. Thread-safe.
 *
 * @param coordinators those that belong to it now, whether they run or not
 * @param newest the newest revision that any client was told
 */
public record Target(Supplier<List<Coordinator>> coordinators, AtomicLong newest, History history) {
  /** A client was told this revision. */
  void told(long revision) {
    newest.accumulateAndGet(revision, Math::max);
  }
}
