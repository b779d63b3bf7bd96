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
  private long next;

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
        WatchGroupRequest.newBuilder().setGroup(group).setFromRevision(next).build();
    return new WatchCall<>(endpoint, over.to(endpoint), WatchServiceStub::watchGroup, request);
  }

  @Override
  boolean take(WatchGroupResponse message) {
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
