package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.state.Outcome;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Consumer;

/** The end of one unary call: what the service answers, or the status of its refusal. */
final class Answer<T> implements ReplyTo<T> {
  private final StreamObserver<?> out;
  private final Consumer<T> answered;

  private Answer(StreamObserver<?> out, Consumer<T> answered) {
    this.out = out;
    this.answered = answered;
  }

  /** Goes on with the answer, which may take further steps. */
  static <T> ReplyTo<T> then(StreamObserver<?> out, Consumer<T> answered) {
    return new Answer<>(out, answered);
  }

  /** Sends a query's answer as it is. */
  static <R> ReplyTo<R> to(StreamObserver<R> out) {
    return then(out, response -> send(out, response));
  }

  /** Sends a query's answer; empty is NOT_FOUND. */
  static <R> ReplyTo<Optional<R>> found(StreamObserver<R> out, String field, String group) {
    return then(
        out,
        response ->
            response.ifPresentOrElse(
                r -> send(out, r), () -> out.onError(Errors.of(noGroup(field, group)))));
  }

  /** Goes on with a command that was taken; a rejection ends the call. */
  static ReplyTo<Outcome> applied(StreamObserver<?> out, Consumer<Outcome.Applied> taken) {
    return then(
        out,
        outcome -> {
          if (outcome instanceof Outcome.Applied applied) {
            taken.accept(applied);
          } else if (outcome instanceof Outcome.Rejected rejected) {
            out.onError(Errors.of(rejected));
          }
        });
  }

  static <R> void send(StreamObserver<R> out, R response) {
    out.onNext(response);
    out.onCompleted();
  }

  private static Outcome.Rejected noGroup(String field, String group) {
    return new Outcome.Rejected(Outcome.Code.NOT_FOUND, field, "there is no group " + group);
  }

  @Override
  public void answer(T value) {
    answered.accept(value);
  }

  @Override
  public void refuse(Refusal why) {
    out.onError(Errors.of(why));
  }
}
