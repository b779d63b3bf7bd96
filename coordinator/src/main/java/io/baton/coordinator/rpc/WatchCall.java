package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.proto.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/** One watch of events. Owned by the core thread. */
final class WatchCall extends SubscribedCall<WatchResponse> implements Api.WatchSink {
  /** Keeps a message far below what clients take. */
  static final int EVENTS_A_MESSAGE = 200;

  private final long fromRevision;
  private final String group;

  WatchCall(
      ServerCallStreamObserver<WatchResponse> call,
      CoreQueue core,
      long fromRevision,
      String group) {
    super(call, core);
    this.fromRevision = fromRevision;
    this.group = group;
  }

  @Override
  Api.Subscription subscribe(Api api) {
    return api.watch(fromRevision, group, this);
  }

  @Override
  public void deliver(List<HistoryEvent> events, long revision) {
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
    send(response.build());
  }

  @Override
  public void compacted(long compactedRevision) {
    fail(Errors.compacted("from_revision", compactedRevision));
  }
}
