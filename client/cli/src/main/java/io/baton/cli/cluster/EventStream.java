package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every event from a revision on, once and in order, whichever coordinators live: a stream that
 * breaks, or is silent for longer than three heartbeats, is opened again elsewhere from the next
 * revision. One thread; blocks.
 */
public final class EventStream {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** Once there was contact, losing it is more likely to be temporary. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Route route;
  private final Channels channels;
  private final Supplier<HelloResponse> hello;
  private final LongSupplier oldestRevision;
  private final Consumer<String> notices;
  private final Duration timeout;

  private long next;
  private Deadline contactBy;

  /** Something came since the last loss. */
  private boolean alive;

  EventStream(
      Route route,
      Channels channels,
      Supplier<HelloResponse> hello,
      LongSupplier oldestRevision,
      Consumer<String> notices,
      Duration timeout) {
    this.route = route;
    this.channels = channels;
    this.hello = hello;
    this.oldestRevision = oldestRevision;
    this.notices = notices;
    this.timeout = timeout;
    this.contactBy = Deadline.in(timeout);
  }

  /**
   * Delivers events until the sink has enough or the time is up.
   *
   * @param fromRevision the first to deliver; 0: only what happens from now on
   * @param group empty: of the whole cluster
   * @param until null: for ever
   * @param wantsMore takes an event; false ends it
   * @return whether the sink has enough; false: the time is up
   * @throws Failure where history does not reach back that far, or nobody answers any more
   */
  public boolean follow(
      long fromRevision, String group, @Nullable Deadline until, Predicate<Event> wantsMore) {
    next = fromRevision > 0 ? fromRevision : hello.get().getRevision() + 1;
    contactBy = Deadline.in(timeout);
    while (until == null || !until.passed()) {
      Endpoint endpoint = route.any();
      WatchRequest request =
          WatchRequest.newBuilder().setFromRevision(next).setGroup(group).build();
      try (WatchCall call = new WatchCall(endpoint, channels.to(endpoint), request)) {
        if (deliver(call, until, wantsMore)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True: the sink has enough. False: this stream is of no more use. */
  private boolean deliver(WatchCall call, @Nullable Deadline until, Predicate<Event> wantsMore) {
    while (true) {
      Duration patience = until == null ? SILENCE : until.leftAtMost(SILENCE);
      WatchCall.Item item = call.poll(patience);
      if (item instanceof WatchCall.Batch batch) {
        contactBy = Deadline.in(timeout.compareTo(PATIENCE) > 0 ? timeout : PATIENCE);
        alive = true;
        if (!take(batch.response(), wantsMore)) {
          return true;
        }
      } else if (until == null || !until.passed()) {
        lost(call.endpoint(), item instanceof WatchCall.End end ? end.failure() : null);
        return false;
      } else {
        return false;
      }
    }
  }

  private boolean take(WatchResponse response, Predicate<Event> wantsMore) {
    for (Event event : response.getEventsList()) {
      if (event.getRevision() < next) {
        continue;
      }
      next = event.getRevision() + 1;
      if (!wantsMore.test(event)) {
        return false;
      }
    }
    next = Math.max(next, response.getRevision() + 1);
    return true;
  }

  private void lost(Endpoint endpoint, @Nullable CallFailure why) {
    if (why != null && why.detail().getCode() == ErrorCode.ERROR_CODE_COMPACTED) {
      throw compacted();
    }
    if (why != null && !why.notTried() && !why.outcomeUnknown()) {
      throw why.toFailure();
    }
    String cause = why == null ? "no heartbeat for " + SILENCE.toSeconds() + " s" : why.message();
    if (contactBy.passed()) {
      throw new Failure(
          ExitCode.UNREACHABLE,
          "no coordinator serves the watch (" + cause + "); " + resumeAdvice());
    }
    if (alive) {
      notices.accept("lost " + endpoint + " (" + cause + "), resuming from revision " + next);
    }
    alive = false;
    route.unreachable(endpoint);
    pause();
  }

  private Failure compacted() {
    long oldest = oldestRevision.getAsLong();
    return new Failure(
        ExitCode.FAILED,
        "COMPACTED: the history from revision "
            + next
            + " on is no longer complete; the oldest kept is "
            + oldest
            + ": use --from-revision "
            + oldest);
  }

  private String resumeAdvice() {
    return "resume later with --from-revision " + next;
  }

  private void pause() {
    try {
      Thread.sleep(contactBy.leftAtMost(PAUSE).toMillis());
    } catch (InterruptedException interrupted) {
      throw ClusterClient.interrupted();
    }
  }
}
