package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a client that watches. One that is slow to read holds up nobody: the service stops
 * delivering to it and goes on where it was when the client is ready. Owned by the core thread.
 */
abstract class SubscribedCall<T> {
  private final ServerCallStreamObserver<T> call;
  private final CoreQueue core;
  private Api.@Nullable Subscription subscription;
  private boolean ended;

  SubscribedCall(ServerCallStreamObserver<T> call, CoreQueue core) {
    this.call = call;
    this.core = core;
  }

  /** Core thread. */
  abstract Api.Subscription subscribe(Api api);

  /** gRPC thread, within the call's method: handlers can't be set later. */
  final void start(Api api) {
    call.setOnCancelHandler(() -> core.execute(this::end));
    call.setOnReadyHandler(() -> core.execute(this::resume));
    if (!core.offer(() -> begin(api))) {
      call.onError(Errors.overloaded());
    }
  }

  private void begin(Api api) {
    if (ended) {
      return;
    }
    subscription = subscribe(api);
    if (ended) {
      end();
    }
  }

  private void resume() {
    if (subscription != null) {
      subscription.resume();
    }
  }

  private void end() {
    ended = true;
    if (subscription != null) {
      subscription.cancel();
      subscription = null;
    }
  }

  /** Whether the client takes more. */
  public final boolean ready() {
    return !ended && call.isReady();
  }

  /** Sends a message, unless the call is over. */
  final void send(T message) {
    if (!ended) {
      call.onNext(message);
    }
  }

  /** Ends the call with an error, unless it is over. */
  final void fail(StatusRuntimeException error) {
    if (!ended) {
      end();
      call.onError(error);
    }
  }
}
