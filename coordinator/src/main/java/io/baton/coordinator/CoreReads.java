package io.baton.coordinator;

import io.baton.coordinator.raft.Registry;
import io.baton.coordinator.rpc.CoreQueue;
import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the log's side asks of the node, in the shape it asks for it. */
final class CoreReads {
  private final Api api;
  private final CoreQueue core;

  CoreReads(Api api, CoreQueue core) {
    this.api = api;
    this.core = core;
  }

  /** Submits a coordinator's own command; fails where it is refused. Any thread. */
  CompletableFuture<Outcome> submit(Command command, Actor actor) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    core.execute(() -> api.submit(new Request(null, actor, command), into(outcome)));
    return outcome;
  }

  /** What the applied state knows of a coordinator; fails where too much waits. Any thread. */
  CompletableFuture<Registry.Entry> registryEntry(String id) {
    CompletableFuture<Registry.Entry> entry = new CompletableFuture<>();
    boolean taken = core.offer(() -> api.read(false, view -> entry(view, id), into(entry)));
    return taken ? entry : CompletableFuture.failedFuture(new IllegalStateException("overloaded"));
  }

  private static Registry.Entry entry(View view, String id) {
    return new Registry.Entry(
        view.state().cluster().id(), Optional.ofNullable(view.state().coordinators().get(id)));
  }

  /** All sessions, for a snapshot. Core thread. */
  Stream<Entity> sessionEntities() {
    CompletableFuture<Stream<Entity>> sessions = new CompletableFuture<>();
    api.read(false, view -> view.state().sessionEntities(), into(sessions));
    return sessions.join();
  }

  private static <T> ReplyTo<T> into(CompletableFuture<T> answer) {
    return new ReplyTo<>() {
      @Override
      public void answer(T value) {
        answer.complete(value);
      }

      @Override
      public void refuse(Refusal why) {
        answer.completeExceptionally(new IllegalStateException(why.toString()));
      }
    };
  }
}
