package io.baton.coordinator.raft;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.state.Coordinator;
import io.baton.internal.v1.AdmitReply;
import io.baton.internal.v1.AdmitRequest;
import io.baton.internal.v1.DescribeRequest;
import io.baton.internal.v1.Description;
import io.baton.internal.v1.FetchSnapshotRequest;
import io.baton.internal.v1.PeerGrpc;
import io.baton.internal.v1.SnapshotChunk;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * What coordinators ask one another beside Raft, served on the API port from the first moment of a
 * start: a coordinator that still waits must be able to say so. Thread-safe; Snapshots are sent on
 * threads of their own, which wait for the receiver.
 */
public final class PeerService extends PeerGrpc.PeerImplBase {
  /** Why a coordinator that founded, or joined elsewhere, is not added. */
  static final String ANOTHER_CLUSTER = "belongs to another cluster: empty its directory";

  private static final int SENDERS = 2;
  private static final int SENDS_WAITING = 4;
  private static final int CHUNK_BYTES = 256 << 10;

  private final RaftConfig config;
  private final DataDirectory directory;
  private final Snapshots snapshots;
  private final CompletableFuture<Void> admitted = new CompletableFuture<>();
  private final Executor senders =
      new ThreadPoolExecutor(
          SENDERS,
          SENDERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(SENDS_WAITING),
          Threads.named("raft-send"));
  private volatile Registry registry = Registry.NONE;

  /** A service that knows of no state yet. */
  public PeerService(RaftConfig config, DataDirectory directory, Snapshots snapshots) {
    this.config = config;
    this.directory = directory;
    this.snapshots = snapshots;
  }

  /** From now on answers name what the applied state knows. */
  public void serve(Registry knowing) {
    registry = knowing;
  }

  /** Completes when the leader has told this coordinator that it is registered. */
  CompletableFuture<Void> admitted() {
    return admitted;
  }

  @Override
  public void describe(DescribeRequest request, StreamObserver<Description> answer) {
    var unused =
        registry
            .ask(request.getAbout())
            .whenComplete(
                (entry, failure) -> {
                  if (failure != null) {
                    answer.onError(
                        Status.UNAVAILABLE
                            .withDescription("the state can't be asked now")
                            .withCause(failure)
                            .asRuntimeException());
                    return;
                  }
                  answer.onNext(description(entry));
                  answer.onCompleted();
                });
  }

  private Description description(Registry.Entry entry) {
    Description.Builder description = Founding.describe(config, directory.marker());
    description.setClusterId(entry.clusterId());
    Optional<Coordinator> known = entry.coordinator();
    if (known.isPresent()) {
      description.setRegisteredDirectory(known.get().directory()).setRetired(known.get().retired());
    }
    return description.build();
  }

  @Override
  public void admit(AdmitRequest request, StreamObserver<AdmitReply> answer) {
    try {
      admit(request);
      answer.onNext(AdmitReply.getDefaultInstance());
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    } catch (IOException e) {
      answer.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
    }
  }

  /** The decision is durable before it is answered. */
  private synchronized void admit(AdmitRequest request) throws IOException {
    Marker marker = directory.marker();
    if (!request.getClusterName().equals(config.clusterName())) {
      throw Status.FAILED_PRECONDITION
          .withDescription("this is cluster " + config.clusterName())
          .asRuntimeException();
    }
    if (!request.getCoordinator().equals(marker.coordinator())
        || !request.getDirectory().equals(marker.directory())) {
      throw Status.FAILED_PRECONDITION
          .withDescription(
              "this is coordinator "
                  + marker.coordinator()
                  + " with directory "
                  + marker.directory())
          .asRuntimeException();
    }
    if (marker.phase() == Marker.Phase.EMPTY) {
      directory.decide(group(request), new TreeMap<>());
    } else if (!marker.group().equals(request.getGroup())) {
      throw Status.FAILED_PRECONDITION
          .withDescription(marker.coordinator() + " " + ANOTHER_CLUSTER)
          .asRuntimeException();
    }
    admitted.complete(null);
  }

  private static UUID group(AdmitRequest request) {
    try {
      return UUID.fromString(request.getGroup());
    } catch (IllegalArgumentException e) {
      throw Status.INVALID_ARGUMENT
          .withDescription("group: not a UUID: " + request.getGroup())
          .withCause(e)
          .asRuntimeException();
    }
  }

  @Override
  public void fetchSnapshot(FetchSnapshotRequest request, StreamObserver<SnapshotChunk> answer) {
    // gRPC takes the handlers that it sets only until this method returns.
    Sending sending = new Sending((ServerCallStreamObserver<SnapshotChunk>) answer);
    try {
      requireGroup(request.getGroup());
      senders.execute(() -> sendNewest(sending, answer));
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    } catch (RejectedExecutionException e) {
      answer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("enough snapshots are being sent: ask again")
              .asRuntimeException());
    }
  }

  private void sendNewest(Sending sending, StreamObserver<SnapshotChunk> answer) {
    try {
      Optional<Snapshots.Outgoing> newest = snapshots.openNewest();
      if (newest.isEmpty()) {
        throw Status.NOT_FOUND.withDescription("no snapshot yet").asRuntimeException();
      }
      try (Snapshots.Outgoing snapshot = newest.get()) {
        sending.send(snapshot);
      }
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    } catch (IOException e) {
      answer.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
    }
  }

  private void requireGroup(String group) {
    if (group.isEmpty() || !group.equals(directory.marker().group())) {
      throw Status.FAILED_PRECONDITION
          .withDescription("this log is of group " + directory.marker().group())
          .asRuntimeException();
    }
  }

  /** One snapshot on its way; waits where the receiver is slower. */
  private static final class Sending {
    private static final long SLOW_MILLIS = 30_000;

    private final ServerCallStreamObserver<SnapshotChunk> answer;
    private final Object readiness = new Object();

    Sending(ServerCallStreamObserver<SnapshotChunk> answer) {
      this.answer = answer;
      answer.setOnReadyHandler(this::wake);
      answer.setOnCancelHandler(this::wake);
    }

    private void wake() {
      synchronized (readiness) {
        readiness.notifyAll();
      }
    }

    void send(Snapshots.Outgoing snapshot) throws IOException {
      var files = snapshot.files().iterator();
      while (files.hasNext()) {
        sendFile(snapshot, files.next(), !files.hasNext());
      }
    }

    private void sendFile(Snapshots.Outgoing snapshot, String name, boolean lastFile)
        throws IOException {
      ReadableByteChannel file = snapshot.file(name);
      CRC32C sum = new CRC32C();
      ByteBuffer chunk = read(file);
      while (true) {
        ByteBuffer next = read(file);
        boolean last = !next.hasRemaining();
        sum.update(chunk.duplicate());
        awaitReady();
        answer.onNext(chunk(snapshot.position(), name, chunk, last, sum, last && lastFile));
        if (last) {
          return;
        }
        chunk = next;
      }
    }

    private static SnapshotChunk chunk(
        Snapshots.Position position,
        String name,
        ByteBuffer data,
        boolean lastOfFile,
        CRC32C sum,
        boolean last) {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(data);
      return SnapshotChunk.newBuilder()
          .setTerm(position.term())
          .setIndex(position.index())
          .setFile(name)
          .setData(bytes)
          .setLastOfFile(lastOfFile)
          .setCrc32C(lastOfFile ? (int) sum.getValue() : 0)
          .setLast(last)
          .build();
    }

    private static ByteBuffer read(ReadableByteChannel file) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = file.read(buffer);
      }
      return buffer.flip();
    }

    private void awaitReady() throws IOException {
      long deadline = System.nanoTime() + SLOW_MILLIS * 1_000_000;
      synchronized (readiness) {
        while (!answer.isReady()) {
          if (answer.isCancelled() || System.nanoTime() > deadline) {
            throw new IOException("the receiver is gone or stuck");
          }
          try {
            readiness.wait(100);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
          }
        }
      }
    }
  }
}
