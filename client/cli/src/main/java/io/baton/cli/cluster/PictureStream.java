package io.baton.cli.cluster;

import io.baton.cli.exit.Failure;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.baton.proto.v1.WatchServiceGrpc.WatchServiceStub;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A group's picture, and then what changes in it. One thread; blocks. */
public final class PictureStream extends WatchStream<WatchGroupResponse> {
  private String group = "";
  private Predicate<WatchGroupResponse> wantsMore = message -> false;
  private String clusterId = "";
  private long next;

  /** The highest revision that was delivered. */
  private long highest;

  PictureStream(Route route, Channels channels, Consumer<String> notices, Duration timeout) {
    super(route, channels, notices, timeout);
  }

  /**
   * Delivers messages until the sink has enough.
   *
   * @param fromRevision the first change to deliver; 0: begins with a snapshot
   * @param sink takes a message; false ends it
   * @throws Failure nobody answers any more
   */
  public void follow(long fromRevision, String ofGroup, Predicate<WatchGroupResponse> sink) {
    next = fromRevision;
    group = ofGroup;
    wantsMore = sink;
    run(null);
  }

  @Override
  WatchCall<?, WatchGroupResponse> open(Endpoint endpoint, Channels over) {
    WatchGroupRequest request =
        WatchGroupRequest.newBuilder()
            .setGroup(group)
            .setFromRevision(next)
            .setClusterId(clusterId)
            .build();
    return new WatchCall<>(endpoint, over.to(endpoint), WatchServiceStub::watchGroup, request);
  }

  /** A snapshot of an older moment would follow what is newer. */
  @Override
  boolean isBehind(WatchGroupResponse message) {
    return message.getSnapshot().getBegins() && message.getRevision() < highest;
  }

  @Override
  boolean take(WatchGroupResponse message) {
    highest = Math.max(highest, message.getRevision());
    if (message.getSnapshot().getBegins()) {
      clusterId = message.getSnapshot().getClusterId();
    }
    if (!message.getMore()) {
      next = Math.max(next, message.getRevision() + 1);
    }
    return wantsMore.test(message);
  }

  @Override
  void compacted() {
    notice("the history from revision " + next + " on is no longer complete: a new snapshot");
    next = 0;
  }

  @Override
  String resuming() {
    return next == 0 ? "beginning anew" : "resuming from revision " + next;
  }

  @Override
  String advice() {
    return "begin anew later";
  }
}
