package io.baton.jepsen.workload;

import io.baton.jepsen.checker.Change;
import io.baton.jepsen.checker.Deliveries;
import io.baton.proto.v1.AdminServiceGrpc;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.baton.proto.v1.WatchServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Follows the cluster's events at one coordinator: leaves now and then, and resumes where it was,
 * or from the beginning of history, or after it has slept. A thread of its own.
 */
public final class Watcher implements AutoCloseable {
  private static final int LONGEST_STAY_MILLIS = 15_000;
  private static final int LONGEST_SLEEP_MILLIS = 5_000;
  private static final int PATIENCE_MILLIS = 2_000;

  private final String name;
  private final Supplier<Coordinator> coordinator;
  private final Deliveries deliveries;
  private final RandomGenerator random;
  private final Thread thread;
  private volatile long next = 1;
  private final AtomicLong skips = new AtomicLong();
  private volatile boolean ended;

  /** Begins. */
  public Watcher(
      String name,
      Supplier<Coordinator> coordinator,
      Deliveries deliveries,
      RandomGenerator random) {
    this.name = name;
    this.coordinator = coordinator;
    this.deliveries = deliveries;
    this.random = random;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The revision it waits for. */
  public long next() {
    return next;
  }

  /** How often it was told that what it waited for is gone from history. */
  public long skips() {
    return skips.get();
  }

  private void run() {
    try {
      while (!ended) {
        watch();
        rest();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    WatchRequest request = WatchRequest.newBuilder().setFromRevision(next).build();
    Coordinator watched = coordinator.get();
    try {
      Iterator<WatchResponse> responses =
          WatchServiceGrpc.newBlockingStub(watched.channel())
              .withDeadlineAfter(500 + random.nextInt(LONGEST_STAY_MILLIS), TimeUnit.MILLISECONDS)
              .watch(request);
      while (!ended && responses.hasNext()) {
        responses.next().getEventsList().forEach(this::take);
      }
    } catch (StatusRuntimeException end) {
      if (Requests.isCompacted(end)) {
        skip(watched);
      }
    }
  }

  private void take(Event event) {
    next = deliveries.delivered(name, next, new Deliveries.Seen(change(event), event.hashCode()));
  }

  private static Change change(Event event) {
    return new Change(
        event.getRevision(),
        event.getType(),
        event.getGroup(),
        event.getMember(),
        event.getSlot(),
        event.getEpoch(),
        event.getSession(),
        cause(event.getCause()),
        event.getDetailsMap(),
        event.getCandidatesList().stream()
            .map(c -> new Change.Candidate(c.getMember(), c.getRule(), c.getPosition()))
            .toList(),
        event.getHandover().getPosition());
  }

  private static String cause(Cause cause) {
    return cause == Cause.CAUSE_UNSPECIFIED ? "" : cause.name().substring("CAUSE_".length());
  }

  private void skip(Coordinator watched) {
    ListEventsRequest request = ListEventsRequest.newBuilder().setLocal(true).setLimit(1).build();
    try {
      long compacted =
          AdminServiceGrpc.newBlockingStub(watched.channel())
              .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
              .listEvents(request)
              .getCompactedRevision();
      if (compacted >= next) {
        next = compacted + 1;
        skips.incrementAndGet();
      }
    } catch (StatusRuntimeException silent) {
      // It is asked again when the watch is refused again.
    }
  }

  private void rest() throws InterruptedException {
    int lot = random.nextInt(20);
    if (lot == 0) {
      next = 1;
    }
    TimeUnit.MILLISECONDS.sleep(lot == 1 ? random.nextInt(LONGEST_SLEEP_MILLIS) : 100);
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
