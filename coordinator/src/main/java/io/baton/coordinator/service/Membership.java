package io.baton.coordinator.service;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Coordinator;
import java.util.concurrent.CompletableFuture;

/**
 * Changes who votes. Only the leader's does anything; any thread may call it and nothing blocks.
 */
public interface Membership {
  /**
   * Registers a coordinator that is waiting with an empty directory and gives it a vote once it has
   * caught up. Completes exceptionally with {@link MembershipException}.
   *
   * @param coordinator its directory is asked of the coordinator itself; the field is ignored
   */
  CompletableFuture<Void> add(Coordinator coordinator, Actor actor);

  /** Takes a coordinator's vote. Completes exceptionally with {@link MembershipException}. */
  CompletableFuture<Void> remove(String id, boolean allowShrink, Actor actor);

  /** Why a change of membership was refused. */
  final class MembershipException extends Exception {
    private final transient io.baton.coordinator.state.Outcome.Rejected rejection;

    /** Wraps a rejection whose message says what to do. */
    public MembershipException(io.baton.coordinator.state.Outcome.Rejected rejection) {
      super(rejection.message());
      this.rejection = rejection;
    }

    /** The code, the field and the message. */
    public io.baton.coordinator.state.Outcome.Rejected rejection() {
      return rejection;
    }
  }
}
