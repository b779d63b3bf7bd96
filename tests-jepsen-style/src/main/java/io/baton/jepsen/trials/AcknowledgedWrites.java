package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.RequestId;
import io.baton.proto.v1.UpdateGroupRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A client that writes to the cluster without a pause, on a thread of its own, and notes when each
 * write was acknowledged. It follows the leader at once, and gives up on a silent coordinator after
 * a quarter of a second.
 */
final class AcknowledgedWrites implements AutoCloseable {
  static final String GROUP = "ledger";
  private static final Duration ATTEMPT = Duration.ofMillis(250);
  private static final long PAUSE_MILLIS = 5;
  private static final Metadata.Key<ErrorDetail> DETAIL =
      Metadata.Key.of(
          "baton-error-bin", ProtoUtils.metadataMarshaller(ErrorDetail.getDefaultInstance()));

  private final LocalCluster cluster;
  private final String client = UUID.randomUUID().toString();
  private final List<Long> acknowledged = new ArrayList<>();
  private final Thread thread = new Thread(this::write, "writer");
  private int target;
  private long revision;

  private AcknowledgedWrites(LocalCluster cluster, int leader, long revision) {
    this.cluster = cluster;
    this.target = leader;
    this.revision = revision;
  }

  /**
   * Starts to write, to the group {@code ledger}, which must be there.
   *
   * @param revision of the cluster, or an older one
   */
  static AcknowledgedWrites start(LocalCluster cluster, int leader, long revision) {
    AcknowledgedWrites writes = new AcknowledgedWrites(cluster, leader, revision);
    writes.thread.setDaemon(true);
    writes.thread.start();
    return writes;
  }

  /** How many were acknowledged. */
  synchronized int count() {
    return acknowledged.size();
  }

  /** The longest time between two acknowledgements of which the later came after that time. */
  synchronized long longestGapNanos(long sinceNanos) {
    long longest = 0;
    for (int i = 1; i < acknowledged.size(); i++) {
      if (acknowledged.get(i) > sinceNanos) {
        longest = Math.max(longest, acknowledged.get(i) - acknowledged.get(i - 1));
      }
    }
    return longest;
  }

  /** Whether one was acknowledged after that time. */
  synchronized boolean anySince(long nanos) {
    return !acknowledged.isEmpty() && acknowledged.get(acknowledged.size() - 1) > nanos;
  }

  private synchronized void note(long nanos) {
    acknowledged.add(nanos);
  }

  private void write() {
    try {
      for (long sequence = 1; ; sequence++) {
        UpdateGroupRequest request = request(sequence);
        while (!isAcknowledged(request)) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private UpdateGroupRequest request(long sequence) {
    return UpdateGroupRequest.newBuilder()
        .setId(
            RequestId.newBuilder()
                .setClient(client)
                .setSequence(sequence)
                .setBaseRevision(revision))
        .setName(GROUP)
        .setSpec(GroupSpec.newBuilder().setPromoteMillis(30_000 + sequence % 1_000))
        .build();
  }

  private boolean isAcknowledged(UpdateGroupRequest request) throws InterruptedException {
    try {
      revision = cluster.admin(target, ATTEMPT).updateGroup(request).getRevision();
      note(System.nanoTime());
      return true;
    } catch (StatusRuntimeException failure) {
      if (Status.fromThrowable(failure).getCode() == Status.Code.CANCELLED) {
        throw new InterruptedException("cancelled");
      }
      target = next(failure);
      return false;
    }
  }

  /** Whoever was named as the leader, else the next one round. */
  private int next(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    ErrorDetail detail = trailers == null ? null : trailers.get(DETAIL);
    int named = detail == null ? -1 : cluster.endpoints().indexOf(detail.getLeader().getAddress());
    return named >= 0 && named != target ? named : (target + 1) % cluster.size();
  }

  /** Stops to write; blocks until it has. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
