package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Membership;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers what was asked. */
final class FakeMembership implements Membership {
  final List<Coordinator> added = new CopyOnWriteArrayList<>();
  final List<String> removed = new CopyOnWriteArrayList<>();
  volatile Outcome.@Nullable Rejected rejection;

  @Override
  public CompletableFuture<Void> add(Coordinator coordinator, Actor actor) {
    added.add(coordinator);
    return answer();
  }

  @Override
  public CompletableFuture<Void> remove(String id, boolean allowShrink, Actor actor) {
    removed.add(id);
    return answer();
  }

  @SuppressWarnings("NullAway") // a CompletableFuture<Void> has no other value
  private CompletableFuture<Void> answer() {
    Outcome.Rejected why = rejection;
    return why == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new MembershipException(why));
  }
}
