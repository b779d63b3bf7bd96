package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import io.baton.proto.v1.HelloRequest;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.RequestId;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster, by way of any of its coordinators: follows the leader's name, goes round those
 * that don't answer, and asks again while no leader is known, for as long as the timeout lasts. A
 * command keeps its request id through all of that, so it runs at most once.
 *
 * <p>Methods block for at most the timeout (plus a second, to say who is there if nobody was of
 * use) and throw {@link Failure}. One thread.
 */
public final class ClusterClient implements AutoCloseable {
  /** A frozen coordinator accepts connections; another one may know better. */
  private static final Duration ATTEMPT = Duration.ofMillis(1_500);

  private static final Duration HELLO = Duration.ofSeconds(1);
  private static final long PAUSE_MILLIS = 100;

  /** An attempt with less time than this would only cast doubt on a clear refusal before it. */
  private static final Duration LEAST_ATTEMPT = Duration.ofMillis(200);

  /** What a failure of a request allows. */
  private enum Kind {
    /** May be asked of anybody, and again. */
    LOCAL_READ,
    /** The leader's; may be asked again. */
    READ,
    /** The leader's; may be asked again, since it carries an id. */
    COMMAND,
    /** The leader's; must not be asked again once it may have happened. */
    ONCE
  }

  private final Channels channels = new Channels();
  private final Route route;
  private final Duration timeout;
  private final Consumer<String> notices;
  private final String client = UUID.randomUUID().toString();
  private long sequence;

  /**
   * Opens nothing yet.
   *
   * @param endpoints at least one
   * @param timeout how long a request may take, retries included
   * @param notices takes a line for people when something is worth knowing on the way
   */
  public ClusterClient(List<Endpoint> endpoints, Duration timeout, Consumer<String> notices) {
    this.route = new Route(endpoints);
    this.timeout = timeout;
    this.notices = notices;
  }

  /** A read; linearizable unless local. */
  public <T> T read(boolean local, Function<AdminServiceBlockingStub, T> request) {
    return ask(local ? Kind.LOCAL_READ : Kind.READ, request);
  }

  /** A command; tried again under the same id until its outcome is known. */
  public <T> T command(BiFunction<AdminServiceBlockingStub, RequestId, T> request) {
    long base = hello().getRevision();
    RequestId id =
        RequestId.newBuilder()
            .setClient(client)
            .setSequence(++sequence)
            .setBaseRevision(base)
            .build();
    return ask(Kind.COMMAND, stub -> request.apply(stub, id));
  }

  /** A command without an id: not repeated once it may have happened. */
  public <T> T once(Function<AdminServiceBlockingStub, T> request) {
    hello();
    return ask(Kind.ONCE, request);
  }

  /** A coordinator's greeting, whoever answers first. */
  public HelloResponse hello() {
    return ask(Kind.LOCAL_READ, stub -> stub.hello(HelloRequest.getDefaultInstance()));
  }

  /**
   * Those of the given addresses at which a coordinator answers now. Takes little more than a
   * second at most.
   */
  public List<String> answering(Collection<String> addresses) {
    Map<String, Boolean> answers = new ConcurrentHashMap<>();
    List<Thread> threads =
        addresses.stream()
            .filter(address -> !address.isEmpty())
            .map(address -> new Thread(() -> answers.put(address, answers(address)), "hello"))
            .toList();
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    Deadline deadline = Deadline.in(HELLO.plusMillis(200));
    for (Thread thread : threads) {
      join(thread, deadline);
    }
    return new TreeMap<>(answers)
        .entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  private boolean answers(String address) {
    try {
      AdminServiceGrpc.newBlockingStub(channels.to(Endpoint.parse(address)))
          .withDeadlineAfter(HELLO.toMillis(), TimeUnit.MILLISECONDS)
          .hello(HelloRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException | Failure silent) {
      return false;
    }
  }

  private static void join(Thread thread, Deadline deadline) {
    try {
      thread.join(Math.max(1, deadline.left().toMillis()));
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** Follows the cluster's events; see {@link EventStream}. */
  public EventStream events() {
    return new EventStream(route, channels, this::hello, this::oldestRevision, notices, timeout);
  }

  /** Follows a group's picture; see {@link PictureStream}. */
  public PictureStream picture() {
    return new PictureStream(route, channels, notices, timeout);
  }

  private long oldestRevision() {
    ListEventsRequest request = ListEventsRequest.newBuilder().setLocal(true).setLimit(1).build();
    return read(true, stub -> stub.listEvents(request)).getCompactedRevision() + 1;
  }

  private <T> T ask(Kind kind, Function<AdminServiceBlockingStub, T> request) {
    Deadline deadline = Deadline.in(timeout);
    CallFailure last;
    CallFailure lastWord = null;
    CallFailure inDoubt = null;
    do {
      Endpoint endpoint = kind == Kind.LOCAL_READ ? route.any() : route.leaderOrAny();
      HandedOver handedOver = new HandedOver();
      try {
        T answer = request.apply(stub(endpoint, kind, deadline).withInterceptors(handedOver));
        route.answered();
        return answer;
      } catch (StatusRuntimeException failure) {
        last = CallFailure.of(endpoint, failure, handedOver.happened());
      }
      if (!mayRepeat(kind, last)) {
        throw last.toFailure();
      }
      lastWord = last.fromCoordinator() ? last : lastWord;
      inDoubt = last.outcomeUnknown() ? last : inDoubt;
      reroute(last);
    } while (pause(deadline));
    if (kind == Kind.COMMAND && inDoubt != null) {
      throw inDoubt.unknownOutcome();
    }
    throw outOfTime(last, lastWord);
  }

  private AdminServiceBlockingStub stub(Endpoint endpoint, Kind kind, Deadline deadline) {
    Duration limit = kind == Kind.ONCE ? deadline.left() : deadline.leftAtMost(ATTEMPT);
    return AdminServiceGrpc.newBlockingStub(channels.to(endpoint))
        .withDeadlineAfter(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
  }

  private static boolean mayRepeat(Kind kind, CallFailure failure) {
    return failure.notTried() || (kind != Kind.ONCE && failure.outcomeUnknown());
  }

  private void reroute(CallFailure failure) {
    if (failure.notLeader()) {
      route.told(failure.by(), failure.detail().getLeader());
    } else if (failure.fromCoordinator()) {
      route.stay();
    } else {
      route.unreachable(failure.by());
    }
  }

  /** False when there is no time for another attempt. */
  private boolean pause(Deadline deadline) {
    if (!allowsAttempt(deadline)) {
      return false;
    }
    if (route.exhausted()) {
      try {
        Thread.sleep(deadline.leftAtMost(Duration.ofMillis(PAUSE_MILLIS)).toMillis());
      } catch (InterruptedException interrupted) {
        throw interrupted();
      }
    }
    return allowsAttempt(deadline);
  }

  private static boolean allowsAttempt(Deadline deadline) {
    return deadline.left().compareTo(LEAST_ATTEMPT) >= 0;
  }

  private Failure outOfTime(CallFailure last, @Nullable CallFailure lastWord) {
    if (lastWord != null && lastWord.notTried() && !lastWord.notLeader()) {
      return lastWord.toFailure();
    }
    boolean somebodyThere =
        lastWord != null
            || !answering(route.known().stream().map(Endpoint::toString).toList()).isEmpty();
    if (!somebodyThere) {
      return unreachable(last);
    }
    return new Failure(
        ExitCode.NO_LEADER,
        "coordinators answer, but none leads (no quorum?); look at: baton status --local");
  }

  private Failure unreachable(CallFailure last) {
    String all = route.known().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    return new Failure(
        ExitCode.UNREACHABLE,
        "no coordinator answers at "
            + all
            + " ("
            + last.message()
            + "); start one (baton server) or name others with -e or BATON_ENDPOINTS");
  }

  static Failure interrupted() {
    Thread.currentThread().interrupt();
    return new Failure(ExitCode.INTERRUPTED, "interrupted");
  }

  @Override
  public void close() {
    channels.close();
  }
}
