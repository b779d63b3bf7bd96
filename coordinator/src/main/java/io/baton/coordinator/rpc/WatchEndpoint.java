package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.state.Limits;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Serves watches, on any coordinator. */
final class WatchEndpoint extends WatchServiceGrpc.WatchServiceImplBase {
  private final Api api;
  private final CoreQueue core;

  WatchEndpoint(Api api, CoreQueue core) {
    this.api = api;
    this.core = core;
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchResponse> out) {
    try {
      long from = Checks.number("from_revision", request.getFromRevision());
      String group = Checks.nameOrEmpty("group", request.getGroup());
      new WatchCall((ServerCallStreamObserver<WatchResponse>) out, core, from, group).start(api);
    } catch (InvalidRequest invalid) {
      out.onError(Errors.of(invalid));
    }
  }

  @Override
  public void watchGroup(WatchGroupRequest request, StreamObserver<WatchGroupResponse> out) {
    try {
      String group = Checks.name("group", request.getGroup());
      long from = Checks.number("from_revision", request.getFromRevision());
      String cluster = Checks.text("cluster_id", request.getClusterId(), Limits.MAX_TEXT_CHARS);
      new GroupWatchCall(
              (ServerCallStreamObserver<WatchGroupResponse>) out, core, group, from, cluster)
          .start(api);
    } catch (InvalidRequest invalid) {
      out.onError(Errors.of(invalid));
    }
  }
}
