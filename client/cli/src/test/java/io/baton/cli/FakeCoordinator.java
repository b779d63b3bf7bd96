package io.baton.cli;

import com.google.protobuf.Message;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.AcknowledgeResponse;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.AddCoordinatorResponse;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.CreateGroupResponse;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.DeleteGroupResponse;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.DrainResponse;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.FailoverResponse;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.LeaderAddress;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListLeasesResponse;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.PauseResponse;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.RemoveCoordinatorResponse;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.RevokeResponse;
import io.baton.proto.v1.SwitchoverRequest;
import io.baton.proto.v1.SwitchoverResponse;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A coordinator that says what a test wants: replies and failures are queued; the last one stays.
 * What was asked is recorded.
 */
final class FakeCoordinator implements AutoCloseable {
  static final Metadata.Key<byte[]> TRAILER =
      Metadata.Key.of("baton-error-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private enum Freeze {
    FOR_EVER
  }

  /** An answer: a reply, a failure, or silence. */
  private record Answer(Object value) {}

  final List<Message> requests = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Deque<BiConsumer<WatchRequest, StreamObserver<WatchResponse>>> watches =
      new ArrayDeque<>();
  private final Deque<BiConsumer<WatchGroupRequest, StreamObserver<WatchGroupResponse>>> pictures =
      new ArrayDeque<>();
  private final Server server;
  private volatile List<String> features = List.of("whole-specs");
  private boolean frozen;

  FakeCoordinator() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Admin())
              .addService(new Watch())
              .build()
              .start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  synchronized FakeCoordinator replies(Message reply) {
    answers.add(new Answer(reply));
    return this;
  }

  synchronized FakeCoordinator fails(Status status) {
    answers.add(new Answer(status.asRuntimeException()));
    return this;
  }

  FakeCoordinator refuses(Status.Code status, ErrorCode code, String field, String message) {
    return refuses(
        status, ErrorDetail.newBuilder().setCode(code).setField(field).setMessage(message).build());
  }

  FakeCoordinator namesLeader(long term, String address) {
    return refuses(
        Status.Code.UNAVAILABLE,
        ErrorDetail.newBuilder()
            .setCode(ErrorCode.ERROR_CODE_NOT_LEADER)
            .setLeader(LeaderAddress.newBuilder().setTerm(term).setAddress(address))
            .build());
  }

  private synchronized FakeCoordinator refuses(Status.Code status, ErrorDetail detail) {
    answers.add(new Answer(refusal(status, detail)));
    return this;
  }

  static RuntimeException refusal(Status.Code status, ErrorDetail detail) {
    Metadata trailers = new Metadata();
    trailers.put(TRAILER, detail.toByteArray());
    return status.toStatus().withDescription(detail.getMessage()).asRuntimeException(trailers);
  }

  /** Answers the next request never. */
  synchronized FakeCoordinator isSilent() {
    answers.add(new Answer(this));
    return this;
  }

  /** Answers nothing more, not even a greeting, once it has been asked for something else. */
  synchronized FakeCoordinator freezesWhenAsked() {
    answers.add(new Answer(Freeze.FOR_EVER));
    return this;
  }

  /** What the next watch does; the last one stays. */
  synchronized FakeCoordinator watch(BiConsumer<WatchRequest, StreamObserver<WatchResponse>> next) {
    watches.add(next);
    return this;
  }

  /** What the next watch of a group's picture does; the last one stays. */
  synchronized FakeCoordinator picture(
      BiConsumer<WatchGroupRequest, StreamObserver<WatchGroupResponse>> next) {
    pictures.add(next);
    return this;
  }

  <T extends Message> List<T> requests(Class<T> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private synchronized Object nextAnswer() {
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    frozen |= answer.value() == Freeze.FOR_EVER;
    return answer.value();
  }

  private synchronized boolean isFrozen() {
    return frozen;
  }

  private synchronized BiConsumer<WatchRequest, StreamObserver<WatchResponse>> nextWatch() {
    return watches.size() > 1 ? watches.remove() : watches.element();
  }

  private synchronized BiConsumer<WatchGroupRequest, StreamObserver<WatchGroupResponse>>
      nextPicture() {
    return pictures.size() > 1 ? pictures.remove() : pictures.element();
  }

  private <T extends Message> void answer(
      Message request, Class<T> type, StreamObserver<T> observer) {
    requests.add(request);
    Object answer = nextAnswer();
    if (answer instanceof RuntimeException failure) {
      observer.onError(failure);
    } else if (answer != this && answer != Freeze.FOR_EVER) {
      observer.onNext(type.cast(answer));
      observer.onCompleted();
    }
  }

  private final class Watch extends WatchServiceGrpc.WatchServiceImplBase {
    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
      requests.add(request);
      nextWatch().accept(request, observer);
    }

    @Override
    public void watchGroup(WatchGroupRequest request, StreamObserver<WatchGroupResponse> observer) {
      requests.add(request);
      nextPicture().accept(request, observer);
    }
  }

  /** What it says it can do. */
  void features(String... names) {
    features = List.of(names);
  }

  private final class Admin extends AdminServiceGrpc.AdminServiceImplBase {
    @Override
    public void hello(HelloRequest request, StreamObserver<HelloResponse> observer) {
      requests.add(request);
      if (isFrozen()) {
        return;
      }
      observer.onNext(HelloResponse.newBuilder().setRevision(17).addAllFeatures(features).build());
      observer.onCompleted();
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
      answer(request, GetStatusResponse.class, observer);
    }

    @Override
    public void listGroups(ListGroupsRequest request, StreamObserver<ListGroupsResponse> observer) {
      answer(request, ListGroupsResponse.class, observer);
    }

    @Override
    public void getGroup(GetGroupRequest request, StreamObserver<GetGroupResponse> observer) {
      answer(request, GetGroupResponse.class, observer);
    }

    @Override
    public void createGroup(
        CreateGroupRequest request, StreamObserver<CreateGroupResponse> observer) {
      answer(request, CreateGroupResponse.class, observer);
    }

    @Override
    public void updateGroup(
        UpdateGroupRequest request, StreamObserver<UpdateGroupResponse> observer) {
      answer(request, UpdateGroupResponse.class, observer);
    }

    @Override
    public void deleteGroup(
        DeleteGroupRequest request, StreamObserver<DeleteGroupResponse> observer) {
      answer(request, DeleteGroupResponse.class, observer);
    }

    @Override
    public void listMembers(
        ListMembersRequest request, StreamObserver<ListMembersResponse> observer) {
      answer(request, ListMembersResponse.class, observer);
    }

    @Override
    public void listLeases(ListLeasesRequest request, StreamObserver<ListLeasesResponse> observer) {
      answer(request, ListLeasesResponse.class, observer);
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
      answer(request, ListEventsResponse.class, observer);
    }

    @Override
    public void switchover(SwitchoverRequest request, StreamObserver<SwitchoverResponse> observer) {
      answer(request, SwitchoverResponse.class, observer);
    }

    @Override
    public void failover(FailoverRequest request, StreamObserver<FailoverResponse> observer) {
      answer(request, FailoverResponse.class, observer);
    }

    @Override
    public void revoke(RevokeRequest request, StreamObserver<RevokeResponse> observer) {
      answer(request, RevokeResponse.class, observer);
    }

    @Override
    public void drain(DrainRequest request, StreamObserver<DrainResponse> observer) {
      answer(request, DrainResponse.class, observer);
    }

    @Override
    public void pause(PauseRequest request, StreamObserver<PauseResponse> observer) {
      answer(request, PauseResponse.class, observer);
    }

    @Override
    public void acknowledge(
        AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> observer) {
      answer(request, AcknowledgeResponse.class, observer);
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<ExplainResponse> observer) {
      answer(request, ExplainResponse.class, observer);
    }

    @Override
    public void removeCoordinator(
        RemoveCoordinatorRequest request, StreamObserver<RemoveCoordinatorResponse> observer) {
      answer(request, RemoveCoordinatorResponse.class, observer);
    }

    @Override
    public void addCoordinator(
        AddCoordinatorRequest request, StreamObserver<AddCoordinatorResponse> observer) {
      answer(request, AddCoordinatorResponse.class, observer);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
