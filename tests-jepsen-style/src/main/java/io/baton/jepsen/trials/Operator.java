package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.MemberName;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.SwitchoverRequest;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Orders about a {@link Stage}'s group, each ready to be given: running it sends one request to the
 * leader, and returns when that was accepted. One thread.
 */
final class Operator {
  private final LocalCluster cluster;
  private final LongSupplier revision;

  /**
   * Of one cluster.
   *
   * @param revision the cluster's, now
   */
  Operator(LocalCluster cluster, LongSupplier revision) {
    this.cluster = cluster;
    this.revision = revision;
  }

  Runnable switchover(int slot, Member to) throws InterruptedException {
    SwitchoverRequest.Builder request =
        SwitchoverRequest.newBuilder().setGroup(Stage.GROUP).setSlot(slot).setTo(to.id());
    return order(
        (stub, id) -> {
          var unused = stub.switchover(request.setId(id).build());
        });
  }

  /** To the best candidate. */
  Runnable failover() throws InterruptedException {
    FailoverRequest.Builder request = FailoverRequest.newBuilder().setGroup(Stage.GROUP);
    return order(
        (stub, id) -> {
          var unused = stub.failover(request.setId(id).build());
        });
  }

  /** What is drained: a member. */
  static DrainRequest member(Member member) {
    return DrainRequest.newBuilder()
        .setMember(MemberName.newBuilder().setGroup(Stage.GROUP).setMember(member.id()))
        .build();
  }

  /** What is drained: the host that a member says is its own. */
  static DrainRequest hostOf(Member member) {
    return DrainRequest.newBuilder().setHost(Stage.hostOf(member.id())).build();
  }

  Runnable drain(DrainRequest what) throws InterruptedException {
    return order(
        (stub, id) -> {
          var unused = stub.drain(what.toBuilder().setId(id).build());
        });
  }

  Runnable undrain(DrainRequest what) throws InterruptedException {
    return drain(what.toBuilder().setUndrain(true).build());
  }

  private Runnable order(BiConsumer<AdminServiceBlockingStub, RequestId> request)
      throws InterruptedException {
    int leader = cluster.awaitLeader(Stage.PATIENCE);
    RequestId id =
        RequestId.newBuilder()
            .setClient(UUID.randomUUID().toString())
            .setSequence(1)
            .setBaseRevision(revision.getAsLong())
            .build();
    return () -> request.accept(cluster.admin(leader, Stage.PATIENCE), id);
  }
}
