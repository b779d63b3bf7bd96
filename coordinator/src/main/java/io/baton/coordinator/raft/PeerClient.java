package io.baton.coordinator.raft;

import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.service.Snapshots.Position;
import io.baton.internal.v1.AdmitReply;
import io.baton.internal.v1.AdmitRequest;
import io.baton.internal.v1.DescribeRequest;
import io.baton.internal.v1.Description;
import io.baton.internal.v1.FetchSnapshotRequest;
import io.baton.internal.v1.PeerGrpc.PeerBlockingStub;
import io.baton.internal.v1.SnapshotChunk;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** One other coordinator's peer service. Every call blocks, for a bounded time. */
final class PeerClient {
  private static final int ANSWER_SECONDS = 2;
  private static final int SNAPSHOT_SECONDS = 120;

  private final String clusterName;
  private final PeerBlockingStub stub;

  PeerClient(String clusterName, PeerBlockingStub stub) {
    this.clusterName = clusterName;
    this.stub = stub;
  }

  Description describe(String about) throws IOException {
    try {
      return answering().describe(DescribeRequest.newBuilder().setAbout(about).build());
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  void admit(String coordinator, String directory, String group) throws IOException {
    try {
      AdmitReply unused =
          answering()
              .admit(
                  AdmitRequest.newBuilder()
                      .setClusterName(clusterName)
                      .setCoordinator(coordinator)
                      .setDirectory(directory)
                      .setGroup(group)
                      .build());
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  /** Fetches the newest snapshot and makes it durable. */
  Position fetchSnapshot(String group, Snapshots into) throws IOException {
    FetchSnapshotRequest request = FetchSnapshotRequest.newBuilder().setGroup(group).build();
    try {
      return receive(
          stub.withDeadlineAfter(SNAPSHOT_SECONDS, TimeUnit.SECONDS).fetchSnapshot(request), into);
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  private static Position receive(Iterator<SnapshotChunk> chunks, Snapshots into)
      throws IOException {
    SnapshotChunk chunk = next(chunks);
    Position position = new Position(chunk.getTerm(), chunk.getIndex());
    try (Snapshots.Incoming incoming = into.receive(position)) {
      CRC32C sum = new CRC32C();
      while (true) {
        sum.update(chunk.getData().asReadOnlyByteBuffer());
        incoming.append(chunk.getFile(), chunk.getData().asReadOnlyByteBuffer());
        if (chunk.getLastOfFile()) {
          check(chunk, sum);
        }
        if (chunk.getLast()) {
          incoming.publish();
          return position;
        }
        chunk = next(chunks);
      }
    }
  }

  private static SnapshotChunk next(Iterator<SnapshotChunk> chunks) throws IOException {
    if (!chunks.hasNext()) {
      throw new IOException("the snapshot ended before its end");
    }
    return chunks.next();
  }

  private static void check(SnapshotChunk chunk, CRC32C sum) throws IOException {
    if (chunk.getCrc32C() != (int) sum.getValue()) {
      throw new IOException("the snapshot's file " + chunk.getFile() + " came damaged");
    }
    sum.reset();
  }

  /** Without the cause, which may be a whole stack trace: people read this. */
  private static IOException failed(StatusRuntimeException e) {
    String said = e.getStatus().getDescription();
    return new IOException(e.getStatus().getCode() + (said == null ? "" : ": " + said), e);
  }

  private PeerBlockingStub answering() {
    return stub.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
