package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.proto.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One watch. A client that is slow to read holds up nobody: the service stops delivering to it and
 * goes on where it was when the client is ready. Owned by the core thread.
 */
final class WatchCall implements Api.WatchSink {
  /** Keeps a message far below what clients take. */
  static final int EVENTS_A_MESSAGE = 200;

  private final ServerCallStreamObserver<WatchResponse> call;
  private final CoreQueue core;
  private final long fromRevision;
  private final String group;
  private Api.@Nullable Subscription subscription;
  private boolean ended;

  WatchCall(
      ServerCallStreamObserver<WatchResponse> call,
      CoreQueue core,
      long fromRevision,
      String group) {
    this.call = call;
    this.core = core;
    this.fromRevision = fromRevision;
    this.group = group;
  }

  /** gRPC thread, within the call's method: handlers can't be set later. */
  void start(Api api) {
    call.setOnCancelHandler(() -> core.execute(this::end));
    call.setOnReadyHandler(() -> core.execute(this::resume));
    if (!core.offer(() -> subscribe(api))) {
      call.onError(Errors.overloaded());
    }
  }

  private void subscribe(Api api) {
    if (ended) {
      return;
    }
    subscription = api.watch(fromRevision, group, this);
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

  @Override
  public boolean ready() {
    return !ended && call.isReady();
  }

  @Override
  public void deliver(List<HistoryEvent> events, long revision) {
    if (ended) {
      return;
    }
    int from = 0;
    while (events.size() - from > EVENTS_A_MESSAGE) {
      List<HistoryEvent> part = events.subList(from, from + EVENTS_A_MESSAGE);
      send(part, part.get(EVENTS_A_MESSAGE - 1).revision());
      from += EVENTS_A_MESSAGE;
    }
    send(events.subList(from, events.size()), revision);
  }

  private void send(List<HistoryEvent> events, long revision) {
    WatchResponse.Builder response = WatchResponse.newBuilder().setRevision(revision);
    events.forEach(e -> response.addEvents(EventCodec.encode(e)));
    call.onNext(response.build());
  }

  @Override
  public void compacted(long compactedRevision) {
    if (!ended) {
      end();
      call.onError(Errors.compacted("from_revision", compactedRevision));
    }
  }
}
