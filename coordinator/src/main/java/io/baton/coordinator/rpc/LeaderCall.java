package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.LeaderHint;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client who leads. A client that is slow to read gets the latest hint only. Owned by the
 * core thread.
 */
final class LeaderCall {
  private final ServerCallStreamObserver<io.baton.proto.v1.LeaderHint> call;
  private final CoreQueue core;
  private final LeaderHints hints;
  private Api.@Nullable Subscription subscription;
  private @Nullable LeaderHint unsent;
  private boolean ended;

  LeaderCall(
      ServerCallStreamObserver<io.baton.proto.v1.LeaderHint> call,
      CoreQueue core,
      LeaderHints hints) {
    this.call = call;
    this.core = core;
    this.hints = hints;
  }

  /** gRPC thread, within the call's method: handlers can't be set later. */
  void start(Api api) {
    call.setOnCancelHandler(() -> core.execute(this::end));
    call.setOnReadyHandler(() -> core.execute(this::sendUnsent));
    if (!core.offer(() -> subscribe(api))) {
      call.onError(Errors.overloaded());
    }
  }

  private void subscribe(Api api) {
    if (!ended) {
      subscription = api.leaders(this::changed);
    }
  }

  private void changed(LeaderHint hint) {
    unsent = hint;
    sendUnsent();
  }

  private void sendUnsent() {
    LeaderHint hint = unsent;
    if (hint != null && !ended && call.isReady()) {
      unsent = null;
      call.onNext(hints.encode(hint));
    }
  }

  private void end() {
    ended = true;
    if (subscription != null) {
      subscription.cancel();
      subscription = null;
    }
  }
}
