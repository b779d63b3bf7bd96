package io.baton.agent.runtime;

import io.baton.proto.v1.ActiveSlot;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.GroupBookmark;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.GroupOutline;
import io.baton.proto.v1.GroupSnapshot;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.PresentMember;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A coordinator that serves watches of a group as the test says. */
final class FakeWatchServer extends WatchServiceGrpc.WatchServiceImplBase implements AutoCloseable {
  final List<WatchGroupRequest> requests = new CopyOnWriteArrayList<>();
  final List<StreamObserver<WatchGroupResponse>> streams = new CopyOnWriteArrayList<>();
  private final Server server;
  private volatile BiConsumer<WatchGroupRequest, StreamObserver<WatchGroupResponse>> script =
      (request, stream) -> {};

  FakeWatchServer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** What it does with each watch from now on. */
  FakeWatchServer does(BiConsumer<WatchGroupRequest, StreamObserver<WatchGroupResponse>> next) {
    script = next;
    return this;
  }

  @Override
  public void watchGroup(WatchGroupRequest request, StreamObserver<WatchGroupResponse> stream) {
    ((ServerCallStreamObserver<WatchGroupResponse>) stream).setOnCancelHandler(() -> {});
    requests.add(request);
    streams.add(stream);
    script.accept(request, stream);
  }

  /** Sends on the newest stream. */
  void says(WatchGroupResponse message) {
    streams.get(streams.size() - 1).onNext(message);
  }

  static WatchGroupResponse.Builder snapshot(long revision, int slots, ActiveSlot... actives) {
    GroupSnapshot.Builder snapshot =
        GroupSnapshot.newBuilder()
            .setBegins(true)
            .setClusterId("c")
            .setGroup(GroupOutline.newBuilder().setMode(Mode.MODE_SHARDED).setSlots(slots))
            .addMembers(member("a", 1))
            .addMembers(member("b", 2))
            .addAllActives(List.of(actives));
    return WatchGroupResponse.newBuilder().setRevision(revision).setSnapshot(snapshot);
  }

  static WatchGroupResponse.Builder changes(long revision, ActiveSlot... actives) {
    return WatchGroupResponse.newBuilder()
        .setRevision(revision)
        .setChanges(GroupChanges.newBuilder().addAllActives(List.of(actives)));
  }

  static WatchGroupResponse bookmark(long revision, boolean leaderKnown) {
    return WatchGroupResponse.newBuilder()
        .setRevision(revision)
        .setBookmark(GroupBookmark.newBuilder().setLeaderKnown(leaderKnown))
        .build();
  }

  /** Held and started by {@code a}, who joined at 1, or {@code b}, who joined at 2. */
  static ActiveSlot held(int slot, String member, long epoch) {
    return ActiveSlot.newBuilder()
        .setSlot(slot)
        .setMember(member)
        .setJoinRevision(member.equals("a") ? 1 : 2)
        .setEpoch(epoch)
        .setStarted(true)
        .build();
  }

  static PresentMember member(String id, long joinRevision) {
    return PresentMember.newBuilder()
        .setId(id)
        .setJoinRevision(joinRevision)
        .setAddress(id + ":80")
        .putMetadata("zone", "z-" + id)
        .setReadiness(Readiness.READINESS_READY)
        .build();
  }

  static RuntimeException compacted() {
    ErrorDetail detail =
        ErrorDetail.newBuilder()
            .setCode(ErrorCode.ERROR_CODE_COMPACTED)
            .setMessage("events are gone")
            .build();
    Metadata trailers = new Metadata();
    trailers.put(FromWire.ERROR_DETAIL, detail.toByteArray());
    return Status.OUT_OF_RANGE.asRuntimeException(trailers);
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
