package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.SessionServiceGrpc;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real server on a real port, with a coordinator behind it that applies at once. */
abstract class WireTest {
  static final Identity IDENTITY = new Identity("prod", "n1", "1.2", 3_500);
  static final long SECONDS = 10;

  final FakeApi api = new FakeApi().founded();
  final FakeMembership membership = new FakeMembership();
  final ExecutorService core = Executors.newSingleThreadExecutor();
  volatile boolean coreFull;
  ApiServer server;
  ManagedChannel channel;
  AdminServiceGrpc.AdminServiceBlockingStub admin;
  SessionServiceGrpc.SessionServiceStub sessions;
  WatchServiceGrpc.WatchServiceStub watches;

  @BeforeEach
  void start() throws IOException {
    server =
        ApiServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            IDENTITY,
            api,
            new TestQueue(),
            membership,
            () -> 42L,
            state -> "abc",
            List.of());
    server.serving();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    admin = AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    sessions = SessionServiceGrpc.newStub(channel);
    watches = WatchServiceGrpc.newStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    core.shutdownNow();
  }

  private final class TestQueue implements CoreQueue {
    @Override
    public boolean offer(Runnable work) {
      if (!coreFull) {
        core.execute(work);
      }
      return !coreFull;
    }

    @Override
    public void execute(Runnable work) {
      core.execute(work);
    }
  }

  /** A failed call: its status and the detail from its trailer. */
  record Failure(Status.Code status, ErrorDetail detail, String description) {
    static Failure of(Throwable thrown) {
      Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(thrown));
      Status status = Status.fromThrowable(thrown);
      ErrorDetail detail = trailers.get(Errors.DETAIL);
      return new Failure(
          status.getCode(),
          detail == null ? ErrorDetail.getDefaultInstance() : detail,
          String.valueOf(status.getDescription()));
    }
  }

  static Failure failure(ThrowingCallable call) {
    return Failure.of(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  /** The call is refused as INVALID_ARGUMENT for this field, and nothing was submitted. */
  void assertInvalid(String field, ThrowingCallable call) {
    Failure failure = failure(call);
    assertThat(failure.status()).as(field).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.detail().getField()).isEqualTo(field);
    assertThat(failure.description()).startsWith(field + ": ");
    assertThat(failure.detail().getMessage()).isNotEmpty();
    assertThat(api.submitted).isEmpty();
  }
}
