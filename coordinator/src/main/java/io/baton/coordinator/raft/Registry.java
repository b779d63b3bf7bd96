package io.baton.coordinator.raft;

import io.baton.coordinator.state.Coordinator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the applied state knows, for coordinators that ask. */
public interface Registry {
  /** Nothing is known: the state isn't loaded yet. */
  Registry NONE = id -> CompletableFuture.completedFuture(Entry.UNKNOWN);

  /** Asks for a coordinator by its id. Any thread; returns at once. */
  CompletableFuture<Entry> ask(String id);

  /**
   * What is known of the coordinator asked about.
   *
   * @param clusterId empty until the cluster is founded
   */
  record Entry(String clusterId, Optional<Coordinator> coordinator) {
    /** Nothing. */
    public static final Entry UNKNOWN = new Entry("", Optional.empty());
  }
}
