package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.GroupNews;
import io.baton.coordinator.service.Refusal;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.WatchGroupResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** One watch of a group's picture. Owned by the core thread. */
final class GroupWatchCall extends SubscribedCall<WatchGroupResponse> implements Api.GroupSink {
  private final String group;
  private final long fromRevision;
  private final String clusterId;

  GroupWatchCall(
      ServerCallStreamObserver<WatchGroupResponse> call,
      CoreQueue core,
      String group,
      long fromRevision,
      String clusterId) {
    super(call, core);
    this.group = group;
    this.fromRevision = fromRevision;
    this.clusterId = clusterId;
  }

  @Override
  Api.Subscription subscribe(Api api) {
    return api.watchGroup(group, fromRevision, clusterId, this);
  }

  @Override
  public void deliver(GroupNews news) {
    send(GroupNewsCodec.encode(news));
  }

  @Override
  public void compacted(long compactedRevision) {
    fail(Errors.compacted("from_revision", compactedRevision));
  }

  @Override
  public void refuse(Refusal why) {
    fail(
        why instanceof Refusal.WrongCluster other
            ? Errors.of(
                Errors.detail(
                    ErrorCode.ERROR_CODE_WRONG_CLUSTER,
                    "cluster_id",
                    "this is cluster " + other.clusterId() + ": check the endpoints"))
            : Errors.of(why));
  }
}
