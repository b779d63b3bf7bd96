package io.baton.cli.cluster;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.WatchRequest;
import io.baton.proto.v1.WatchResponse;
import io.baton.proto.v1.WatchServiceGrpc.WatchServiceStub;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every event from a revision on, once and in order. One thread; blocks. */
public final class EventStream extends WatchStream<WatchResponse> {
  private final Supplier<HelloResponse> hello;
  private final LongSupplier oldestRevision;
  private String group = "";
  private Predicate<Event> wantsMore = event -> false;
  private long next;

  EventStream(
      Route route,
      Channels channels,
      Supplier<HelloResponse> hello,
      LongSupplier oldestRevision,
      Consumer<String> notices,
      Duration timeout) {
    super(route, channels, notices, timeout);
    this.hello = hello;
    this.oldestRevision = oldestRevision;
  }

  /**
   * Delivers events until the sink has enough or the time is up.
   *
   * @param fromRevision the first to deliver; 0: only what happens from now on
   * @param ofGroup empty: of the whole cluster
   * @param until null: for ever
   * @param sink takes an event; false ends it
   * @return whether the sink has enough; false: the time is up
   * @throws Failure where history does not reach back that far, or nobody answers any more
   */
  public boolean follow(
      long fromRevision, String ofGroup, @Nullable Deadline until, Predicate<Event> sink) {
    next = fromRevision > 0 ? fromRevision : hello.get().getRevision() + 1;
    group = ofGroup;
    wantsMore = sink;
    return run(until);
  }

  @Override
  WatchCall<?, WatchResponse> open(Endpoint endpoint, Channels over) {
    WatchRequest request = WatchRequest.newBuilder().setFromRevision(next).setGroup(group).build();
    return new WatchCall<>(endpoint, over.to(endpoint), WatchServiceStub::watch, request);
  }

  @Override
  boolean take(WatchResponse response) {
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

  @Override
  void compacted() {
    long oldest = oldestRevision.getAsLong();
    throw new Failure(
        ExitCode.FAILED,
        "COMPACTED: the history from revision "
            + next
            + " on is no longer complete; the oldest kept is "
            + oldest
            + ": use --from-revision "
            + oldest);
  }

  @Override
  String resuming() {
    return "resuming from revision " + next;
  }

  @Override
  String advice() {
    return "resume later with --from-revision " + next;
  }
}
