package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.LeaderHint;
import io.baton.proto.v1.SessionServiceGrpc;
import io.baton.proto.v1.WatchLeaderRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Serves agents. Any thread; what it starts goes on on the core thread. */
final class SessionEndpoint extends SessionServiceGrpc.SessionServiceImplBase {
  private final Api api;
  private final CoreQueue core;
  private final LeaderHints hints;
  private final CoordinatorMessageCodec codec;

  SessionEndpoint(Api api, CoreQueue core) {
    this.api = api;
    this.core = core;
    this.hints = new LeaderHints(api);
    this.codec = new CoordinatorMessageCodec(hints);
  }

  @Override
  public StreamObserver<AgentMessage> session(StreamObserver<CoordinatorMessage> out) {
    ServerCallStreamObserver<CoordinatorMessage> call =
        (ServerCallStreamObserver<CoordinatorMessage>) out;
    AgentOutbound outbound = new AgentOutbound(call, codec);
    AgentInbound inbound = new AgentInbound(api, core, call, outbound);
    call.disableAutoRequest();
    call.setOnReadyHandler(outbound::ready);
    call.setOnCancelHandler(inbound::end);
    call.setOnCloseHandler(inbound::end);
    call.request(1);
    return inbound;
  }

  @Override
  public void watchLeader(WatchLeaderRequest request, StreamObserver<LeaderHint> out) {
    LeaderCall call = new LeaderCall((ServerCallStreamObserver<LeaderHint>) out, core, hints);
    call.start(api);
  }
}
