package io.baton.jepsen.scene;

import io.baton.jepsen.workload.Coordinator;
import io.baton.jepsen.workload.Reply;
import io.baton.jepsen.workload.Requests;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks whichever coordinator leads, over the harness's own connections, until there is an answer or
 * patience ends. Thread-safe; every method blocks.
 */
public final class Admin {
  /** It was refused, or nobody answered in time. */
  public static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
      super(message);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ATTEMPT_MILLIS = 3_000;
  private static final long PAUSE_MILLIS = 50;

  private final Supplier<List<Coordinator>> coordinators;
  private final String client = UUID.randomUUID().toString();
  private final AtomicLong sequence = new AtomicLong();

  Admin(Supplier<List<Coordinator>> coordinators) {
    this.coordinators = coordinators;
  }

  /**
   * A read.
   *
   * @throws FailedException refused, or no answer
   */
  public <T> T read(Function<AdminServiceBlockingStub, T> request) {
    return insist(request, true);
  }

  /**
   * A command, repeated under its id until its outcome is known.
   *
   * @throws FailedException refused, or no answer
   */
  public <T> T command(BiFunction<AdminServiceBlockingStub, RequestId, T> request) {
    HelloResponse hello = read(stub -> stub.hello(HelloRequest.getDefaultInstance()));
    RequestId id =
        RequestId.newBuilder()
            .setClient(client)
            .setSequence(sequence.incrementAndGet())
            .setBaseRevision(hello.getRevision())
            .build();
    return insist(stub -> request.apply(stub, id), true);
  }

  /**
   * A command without an id: not repeated once it may have happened.
   *
   * @throws FailedException refused, or no answer, or unknown
   */
  public <T> T once(Function<AdminServiceBlockingStub, T> request) {
    return insist(request, false);
  }

  private <T> T insist(Function<AdminServiceBlockingStub, T> request, boolean repeatUnknown) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() - deadline < 0) {
      for (Coordinator coordinator : coordinators.get()) {
        Reply<T> reply = ask(coordinator, request);
        if (reply instanceof Reply.Done<T> done) {
          return done.answer();
        }
        last = coordinator.id() + ": " + reply;
        boolean over = !repeatUnknown && reply instanceof Reply.Unknown<T>;
        if (over || reply instanceof Reply.Refused<T>) {
          throw new FailedException(last);
        }
      }
      pause();
    }
    throw new FailedException("no answer within " + PATIENCE + "; " + last);
  }

  private static <T> Reply<T> ask(
      Coordinator coordinator, Function<AdminServiceBlockingStub, T> request) {
    AdminServiceBlockingStub stub =
        AdminServiceGrpc.newBlockingStub(coordinator.channel())
            .withDeadlineAfter(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
    return Requests.ask(() -> request.apply(stub));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted");
    }
  }
}
