package io.baton.agent.runtime;

import io.baton.agent.protocol.Backoff;
import io.baton.agent.watch.GroupSnapshot;
import io.baton.agent.watch.GroupWatch;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a group over any coordinator. One stream at a time; it is given up for the next
 * coordinator when it ends, and when it brings no news that counts: none at all for three
 * bookmarks' time, or only such as a coordinator sends that is behind what was seen, or knows no
 * leader. Guarded by itself; the listener has a lane of its own.
 */
public final class RunningGroupWatch implements GroupWatch {
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_MILLIS = 250;
  private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final WatchSettings settings;
  private final AgentRuntime runtime;
  private final ListenerLane lane;
  private final List<String> endpoints;
  private final GroupStates states;
  private final CountDownLatch first = new CountDownLatch(1);
  private final ScheduledFuture<?> looks;
  private final Backoff backoff =
      new Backoff(new SplittableRandom(), SHORTEST_RETRY_NANOS, LONGEST_RETRY_NANOS);

  private @Nullable ClientCall<WatchGroupRequest, WatchGroupResponse> call;
  private int turn;

  /** History does not reach back to what was seen: it takes a snapshot. */
  private boolean anew;

  /** The highest revision at which a picture was whole, whoever told it. */
  private long highest;

  /** The picture has changed since it was last shown. */
  private boolean unshown;

  private long countedNanos;
  private boolean counts;
  private boolean closed;
  private volatile GroupSnapshot latest;
  private volatile @Nullable String problem;

  private RunningGroupWatch(WatchSettings settings, AgentRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    this.lane = new ListenerLane(settings.listener(), runtime.observers(), runtime.log());
    this.endpoints = new ArrayList<>(settings.endpoints());
    Collections.shuffle(endpoints);
    this.states = new GroupStates(settings.group());
    this.latest = GroupSnapshot.unknown(settings.group());
    this.looks =
        runtime
            .io()
            .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Opens a watch; it connects in the background. */
  public static GroupWatch open(WatchSettings settings) {
    AgentRuntime shared = settings.runtime();
    RunningGroupWatch watch =
        new RunningGroupWatch(settings, shared == null ? new AgentRuntime() : shared);
    watch.connect();
    return watch;
  }

  // ------------------------------------------------------------------ the stream

  private synchronized void connect() {
    if (closed) {
      return;
    }
    String address = endpoints.get(turn);
    ClientCall<WatchGroupRequest, WatchGroupResponse> next =
        runtime
            .channels()
            .to(address)
            .newCall(WatchServiceGrpc.getWatchGroupMethod(), CallOptions.DEFAULT);
    call = next;
    countedNanos = System.nanoTime();
    next.start(new Messages(next, address), new Metadata());
    next.request(1);
    next.sendMessage(request());
    next.halfClose();
  }

  private WatchGroupRequest request() {
    boolean snapshot = anew || states.revision() == 0;
    return WatchGroupRequest.newBuilder()
        .setGroup(settings.group())
        .setFromRevision(snapshot ? 0 : states.revision() + 1)
        .setClusterId(states.clusterId())
        .build();
  }

  private synchronized void heard(ClientCall<?, ?> which, WatchGroupResponse message) {
    if (call != which) {
      return;
    }
    boolean fresh = !message.getMore() && message.getRevision() >= highest;
    if (states.take(message)) {
      anew = false;
      unshown = true;
    }
    if (fresh) {
      highest = message.getRevision();
      show();
    }
    if (!message.hasBookmark() || (fresh && message.getBookmark().getLeaderKnown())) {
      countedNanos = System.nanoTime();
      counts = message.getMore() ? counts : fresh;
      problem = null;
      backoff.reset();
    } else if (!message.getBookmark().getLeaderKnown()) {
      problem = endpoints.get(turn) + " knows of no leader";
    }
  }

  private void show() {
    if (unshown) {
      unshown = false;
      latest = states.snapshot();
      first.countDown();
      lane.changed(latest);
    }
  }

  /** Gives up a stream that brings nothing that counts. */
  private synchronized void look() {
    ClientCall<?, ?> present = call;
    if (present != null && System.nanoTime() - countedNanos > SILENCE_NANOS) {
      String why = problem;
      leave(why == null ? endpoints.get(turn) + " brings nothing new" : why);
      present.cancel("it brings nothing new", null);
    }
  }

  private synchronized void ended(ClientCall<?, ?> which, String why, boolean compacted) {
    if (call == which) {
      anew |= compacted;
      runtime.channels().rest(endpoints.get(turn));
      leave(why);
    }
  }

  private void leave(String why) {
    call = null;
    counts = false;
    problem = why;
    states.forgetUnfinished();
    turn = (turn + 1) % endpoints.size();
    if (!closed) {
      ScheduledFuture<?> unused =
          runtime.io().schedule(this::connect, backoff.next(), TimeUnit.NANOSECONDS);
    }
  }

  /** What a call brings. */
  private final class Messages extends ClientCall.Listener<WatchGroupResponse> {
    private final ClientCall<WatchGroupRequest, WatchGroupResponse> own;
    private final String address;

    Messages(ClientCall<WatchGroupRequest, WatchGroupResponse> own, String address) {
      this.own = own;
      this.address = address;
    }

    @Override
    public void onMessage(WatchGroupResponse message) {
      heard(own, message);
      own.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ErrorDetail detail = FromWire.detail(trailers);
      boolean compacted = detail != null && detail.getCode() == ErrorCode.ERROR_CODE_COMPACTED;
      String words =
          detail == null
              ? status.getCode() + " " + status.getDescription()
              : FromWire.describe(detail);
      ended(own, address + ": " + words, compacted);
    }
  }

  // ------------------------------------------------------------------ its user

  @Override
  public GroupSnapshot latest() {
    return latest;
  }

  @Override
  public Optional<GroupSnapshot> await(Duration timeout) throws InterruptedException {
    boolean unused = first.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    GroupSnapshot present = latest;
    return present.revision() == 0 ? Optional.empty() : Optional.of(present);
  }

  @Override
  public synchronized boolean isConnected() {
    return counts && System.nanoTime() - countedNanos <= SILENCE_NANOS;
  }

  @Override
  public Optional<String> problem() {
    String known = problem;
    GroupSnapshot present = latest;
    return known == null && present.revision() > 0 && !present.exists()
        ? Optional.of("there is no group " + settings.group())
        : Optional.ofNullable(known);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      counts = false;
      looks.cancel(false);
      if (call != null) {
        call.cancel("closed", null);
        call = null;
      }
    }
    lane.close();
    first.countDown();
    if (settings.runtime() == null) {
      runtime.close();
    }
  }
}
