package io.baton.jepsen.workload;

import io.baton.jepsen.workload.Acknowledgements.Sent;
import io.baton.jepsen.workload.Answer.Kind;
import io.baton.proto.v1.Actor;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceStub;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Asks one coordinator, whoever leads, and never again: each call sends one request and returns. A
 * client that waits for its answers, or goes where the leader is, sees no stale read (faults.md
 * §2.4). One thread.
 */
public final class PinnedClient {
  private static final int PATIENCE_SECONDS = 8;
  private static final int PROMOTE_MILLIS = 30_000;

  private final String node;
  private final AdminServiceStub stub;
  private final String group;
  private final boolean local;
  private final Acknowledgements acknowledgements;
  private final String client = UUID.randomUUID().toString();
  private long sequence;

  /**
   * A client of that coordinator.
   *
   * @param group an existing one, to read and to change
   * @param local whether reads need not be linearizable: only to show that the check finds that
   */
  public PinnedClient(
      String node,
      ManagedChannel channel,
      String group,
      boolean local,
      Acknowledgements acknowledgements) {
    this.node = node;
    this.stub = AdminServiceGrpc.newStub(channel);
    this.group = group;
    this.local = local;
    this.acknowledgements = acknowledgements;
  }

  /** Sends a read. */
  public void read() {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(group).setLocal(local).build();
    Sent sent = acknowledgements.sending(Kind.READ, node);
    patient().getGroup(request, new Recorder<>(sent, GetGroupResponse::getRevision));
  }

  /** Sends a command that makes a revision. */
  public void write() {
    sequence++;
    RequestId id =
        RequestId.newBuilder()
            .setClient(client)
            .setSequence(sequence)
            .setBaseRevision(acknowledgements.newest())
            .build();
    UpdateGroupRequest request =
        UpdateGroupRequest.newBuilder()
            .setId(id)
            .setActor(Actor.newBuilder().setName("trials"))
            .setName(group)
            .setSpec(GroupSpec.newBuilder().setPromoteMillis(PROMOTE_MILLIS + sequence % 1_000))
            .build();
    Sent sent = acknowledgements.sending(Kind.COMMAND, node);
    patient().updateGroup(request, new Recorder<>(sent, UpdateGroupResponse::getRevision));
  }

  private AdminServiceStub patient() {
    return stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** A refusal is a right answer here: only what is acknowledged counts. */
  private final class Recorder<T> implements StreamObserver<T> {
    private final Sent sent;
    private final ToLongFunction<T> revision;

    Recorder(Sent sent, ToLongFunction<T> revision) {
      this.sent = sent;
      this.revision = revision;
    }

    @Override
    public void onNext(T answer) {
      acknowledgements.acknowledged(sent, revision.applyAsLong(answer));
    }

    @Override
    public void onError(Throwable refusal) {}

    @Override
    public void onCompleted() {}
  }
}
