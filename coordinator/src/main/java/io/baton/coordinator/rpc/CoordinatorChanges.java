package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Membership;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Coordinator;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.AddCoordinatorResponse;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.RemoveCoordinatorResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds and removes coordinators. A linearizable read first finds out whether this one leads. */
final class CoordinatorChanges {
  private final Api api;
  private final CoreQueue core;
  private final Membership membership;
  private final ClusterQueries cluster;

  CoordinatorChanges(Api api, CoreQueue core, Membership membership, ClusterQueries cluster) {
    this.api = api;
    this.core = core;
    this.membership = membership;
    this.cluster = cluster;
  }

  void add(AddCoordinatorRequest request, StreamObserver<AddCoordinatorResponse> out) {
    Coordinator coordinator = RequestCodec.coordinator(request);
    Actor actor = RequestCodec.actor(request.getActor());
    change(
        out,
        () -> membership.add(coordinator, actor),
        all ->
            Answer.send(out, AddCoordinatorResponse.newBuilder().addAllCoordinators(all).build()));
  }

  void remove(RemoveCoordinatorRequest request, StreamObserver<RemoveCoordinatorResponse> out) {
    String id = Checks.name("id", request.getId());
    Actor actor = RequestCodec.actor(request.getActor());
    change(
        out,
        () -> membership.remove(id, request.getAllowShrink(), actor),
        all ->
            Answer.send(
                out, RemoveCoordinatorResponse.newBuilder().addAllCoordinators(all).build()));
  }

  private void change(
      StreamObserver<?> out,
      Supplier<CompletableFuture<Void>> change,
      Consumer<List<io.baton.proto.v1.Coordinator>> done) {
    Runnable whereItLeads =
        () -> {
          CompletableFuture<Void> unused =
              change.get().whenCompleteAsync((nothing, e) -> answer(out, e, done), core);
        };
    boolean taken =
        core.offer(
            () -> api.read(true, view -> true, Answer.then(out, leads -> whereItLeads.run())));
    if (!taken) {
      out.onError(Errors.overloaded());
    }
  }

  private void answer(
      StreamObserver<?> out,
      @Nullable Throwable failure,
      Consumer<List<io.baton.proto.v1.Coordinator>> done) {
    if (failure == null) {
      api.read(false, cluster::coordinators, Answer.then(out, done));
    } else {
      out.onError(error(failure));
    }
  }

  /** What failed for any other reason than a refusal may have happened. */
  private static StatusRuntimeException error(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Membership.MembershipException refused
        ? Errors.of(refused.rejection())
        : Errors.of(new Refusal.OutcomeUnknown());
  }
}
