package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Promise 6: every event once, in order, resumable from a revision, or COMPACTED. */
final class WatchesTest {
  private final Cluster cluster = new Cluster(2);
  private final Server leader = cluster.servers.get(0);
  private final Server follower = cluster.servers.get(1);
  private final RecordingSink sink = new RecordingSink();

  private Api.Subscription watch(long from) {
    return leader.node.watch(from, "", sink);
  }

  /** Makes one event each. */
  private void open(int sessions) {
    for (int i = 0; i < sessions; i++) {
      cluster.accept(new Command.OpenSession("agent"));
    }
  }

  private long revision() {
    return leader.state().revision();
  }

  private static List<Long> revisions(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void aWatchFromARevisionGetsThePastAndTheFutureOnceAndInOrder() {
    open(5);
    watch(1);
    assertThat(sink.revisions()).isEqualTo(revisions(1, revision()));
    open(5);
    assertThat(sink.revisions()).isEqualTo(revisions(1, revision()));
    assertThat(sink.reached).isEqualTo(revision());
  }

  @Test
  void aWatchFromZeroGetsWhatHappensNext() {
    open(1);
    long before = revision();
    watch(0);
    assertThat(sink.events).isEmpty();
    open(2);
    assertThat(sink.revisions()).isEqualTo(revisions(before + 1, before + 2));
  }

  @Test
  void aWatchFromAFutureRevisionWaitsForIt() {
    long from = revision() + 3;
    watch(from);
    open(2);
    assertThat(sink.events).isEmpty();
    open(2);
    assertThat(sink.revisions()).containsExactly(from, from + 1);
  }

  @Test
  void aSlowSinkGetsEverythingOnceItTakesMore() {
    Api.Subscription subscription = watch(1);
    long before = revision();
    sink.room = 0;
    open(450);
    assertThat(sink.revisions()).isEqualTo(revisions(1, before));
    sink.room = 1;
    subscription.resume();
    assertThat(sink.revisions().size()).as("one batch").isBetween((int) before + 1, 300);
    sink.room = Integer.MAX_VALUE;
    subscription.resume();
    assertThat(sink.revisions()).isEqualTo(revisions(1, revision()));
  }

  @Test
  void aSlowSinkMissesNothingThatIsNoLongerAmongTheNewest() {
    Api.Subscription subscription = watch(1);
    sink.room = 0;
    open(2_500);
    sink.room = Integer.MAX_VALUE;
    subscription.resume();
    assertThat(sink.revisions()).isEqualTo(revisions(1, revision()));
  }

  @Test
  void aWatchThatKeepsUpNeverReadsTheStore() {
    watch(0);
    int reads = leader.store.reads;
    open(50);
    assertThat(leader.store.reads).isEqualTo(reads);
    assertThat(sink.events).hasSize(50);
  }

  @Test
  void aWatchResumesAfterTheLastRevisionItReached() {
    Api.Subscription first = watch(1);
    open(3);
    first.cancel();
    open(3);
    RecordingSink second = new RecordingSink();
    leader.node.watch(sink.reached + 1, "", second);
    assertThat(second.revisions()).isEqualTo(revisions(sink.reached + 1, revision()));
  }

  @Test
  void aWatchOfOneGroupGetsNoOthersEvents() {
    leader.node.watch(1, "h", sink);
    open(3);
    assertThat(sink.events).isEmpty();
    cluster.accept(new Command.CreateGroup("h", GroupSpec.DEFAULT));
    open(3);
    assertThat(sink.events)
        .extracting(HistoryEvent::type)
        .containsExactly(HistoryEvent.Type.GROUP_CREATED);
  }

  @Test
  void aFilteredWatchReachesBeyondWhatItWasNotTold() {
    leader.node.watch(1, "h", sink);
    open(3);
    cluster.run(1_100);
    assertThat(sink.reached).isEqualTo(revision());
  }

  @Test
  void aWatchThatHistoryNoLongerReachesIsToldCompactedAndNothingMore() {
    Api.Subscription slow = watch(1);
    sink.room = 0;
    open(10_050);
    long floor = leader.state().cluster().compactedRevision();
    assertThat(floor).isGreaterThan(1);
    RecordingSink late = new RecordingSink();
    leader.node.watch(floor, "", late);
    assertThat(late.compacted).containsExactly(floor);
    assertThat(late.events).isEmpty();
    RecordingSink inTime = new RecordingSink();
    leader.node.watch(floor + 1, "", inTime);
    assertThat(inTime.revisions()).isEqualTo(revisions(floor + 1, revision()));
    sink.room = Integer.MAX_VALUE;
    slow.resume();
    slow.resume();
    open(1);
    assertThat(sink.compacted).hasSize(1);
  }

  @Test
  void aSilentWatchHasAHeartbeatASecondWithTheAppliedRevision() {
    watch(0);
    assertThat(sink.heartbeats).as("its position, at once").containsExactly(revision());
    cluster.run(3_050);
    assertThat(sink.heartbeats).hasSize(4).containsOnly(revision());
  }

  @Test
  void aSinkThatIsNotReadyGetsNoHeartbeat() {
    watch(0);
    sink.room = 0;
    cluster.run(3_050);
    assertThat(sink.heartbeats).hasSize(1);
  }

  /** A gRPC stream becomes ready on another thread's time, between any two questions. */
  @Test
  void aHeartbeatNeverRunsAheadOfEventsThatWereNotDelivered() {
    leader.node.watch(
        0,
        "",
        new Api.WatchSink() {
          private long askedNanos;
          private int asked;

          @Override
          public boolean ready() {
            asked = askedNanos == leader.ticker.nanos() ? asked + 1 : 0;
            askedNanos = leader.ticker.nanos();
            return asked % 2 == 1;
          }

          @Override
          public void deliver(List<HistoryEvent> events, long revision) {
            sink.deliver(events, revision);
          }

          @Override
          public void compacted(long compactedRevision) {}
        });
    long before = revision();
    leader.submit(new Command.OpenSession("agent"));
    cluster.commit();
    cluster.run(1_500);
    assertThat(sink.heartbeats).allMatch(r -> r <= before + sink.events.size());
  }

  @Test
  void aCancelledWatchGetsNothing() {
    Api.Subscription subscription = watch(0);
    subscription.cancel();
    subscription.cancel();
    open(1);
    cluster.run(1_500);
    subscription.resume();
    assertThat(sink.events).isEmpty();
    assertThat(sink.heartbeats).hasSize(1);
  }

  @Test
  void aWatchMayBeCancelledFromWithinItsDelivery() {
    Api.Subscription[] own = new Api.Subscription[1];
    RecordingSink once = new RecordingSink();
    own[0] =
        leader.node.watch(
            0,
            "",
            new Api.WatchSink() {
              @Override
              public boolean ready() {
                return true;
              }

              @Override
              public void deliver(List<HistoryEvent> events, long revision) {
                once.deliver(events, revision);
                if (!events.isEmpty()) {
                  own[0].cancel();
                }
              }

              @Override
              public void compacted(long compactedRevision) {}
            });
    watch(0);
    open(3);
    assertThat(once.events).hasSize(1);
    assertThat(sink.events).hasSize(3);
  }

  @Test
  void aFollowerServesWatches() {
    long before = revision();
    follower.node.watch(0, "", sink);
    open(4);
    assertThat(sink.revisions()).isEqualTo(revisions(before + 1, before + 4));
    cluster.run(1_100);
    assertThat(sink.heartbeats).isNotEmpty();
  }

  @Test
  void aWatchGoesOnWithoutAGapWhereASnapshotWasInstalled() {
    long before = revision();
    follower.node.watch(0, "", sink);
    open(2);
    follower.cutOff = true;
    open(5);
    follower.cutOff = false;
    cluster.install(leader, follower);
    open(2);
    assertThat(sink.revisions()).isEqualTo(revisions(before + 1, before + 9));
  }

  @Test
  void aWatchSurvivesAChangeOfLeader() {
    long before = revision();
    watch(0);
    open(2);
    cluster.elect(follower);
    open(2);
    assertThat(sink.revisions()).isEqualTo(revisions(before + 1, before + 4));
  }
}
