package io.baton.agent.runtime;

import static io.baton.agent.runtime.FakeWatchServer.bookmark;
import static io.baton.agent.runtime.FakeWatchServer.changes;
import static io.baton.agent.runtime.FakeWatchServer.compacted;
import static io.baton.agent.runtime.FakeWatchServer.held;
import static io.baton.agent.runtime.FakeWatchServer.member;
import static io.baton.agent.runtime.FakeWatchServer.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.ActiveMember;
import io.baton.agent.Slots;
import io.baton.agent.watch.GroupSnapshot;
import io.baton.agent.watch.GroupWatch;
import io.baton.proto.v1.GroupChanges;
import io.baton.proto.v1.WatchGroupRequest;
import io.baton.proto.v1.WatchGroupResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch goes on whatever happens to coordinators, and shows nothing older than it has shown. */
@Timeout(60)
class GroupWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<GroupSnapshot> told = new CopyOnWriteArrayList<>();
  private FakeWatchServer one;
  private FakeWatchServer two;

  @BeforeEach
  void start() throws Exception {
    one = new FakeWatchServer();
    two = new FakeWatchServer();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    assertThat(told).extracting(GroupSnapshot::revision).isSorted().doesNotHaveDuplicates();
  }

  private GroupWatch watch(String... endpoints) {
    return GroupWatch.builder().endpoints(endpoints).group("g").listener(told::add).open();
  }

  private GroupWatch watchBoth() {
    return watch(one.address(), two.address());
  }

  private List<WatchGroupRequest> requests() {
    List<WatchGroupRequest> all = new CopyOnWriteArrayList<>(one.requests);
    all.addAll(two.requests);
    return all;
  }

  /** Whichever the watch has chosen plays the first part, and the other one the second. */
  private void awaitFirst() {
    await().atMost(PATIENCE).until(() -> !requests().isEmpty());
    if (one.requests.isEmpty()) {
      FakeWatchServer chosen = two;
      two = one;
      one = chosen;
    }
  }

  private void awaitRevision(GroupWatch watch, long revision) {
    await().atMost(PATIENCE).until(() -> watch.latest().revision() == revision);
  }

  @Test
  void thePictureIsWholeBeforeItIsShownAndThenFollowsTheChanges() throws Exception {
    one.does((request, stream) -> {});
    try (GroupWatch watch = watch(one.address())) {
      awaitFirst();
      assertThat(watch.latest()).isEqualTo(GroupSnapshot.unknown("g"));
      one.says(snapshot(10, 4, held(0, "a", 5)).setMore(true).build());
      one.says(changes(11, held(1, "b", 11)).build());

      GroupSnapshot first = watch.await(PATIENCE).orElseThrow();
      assertThat(first.revision()).isEqualTo(11);
      assertThat(first.members().keySet()).containsExactly("a", "b");
      assertThat(first.ownerOf(1).map(ActiveMember::address)).contains("b:80");
      assertThat(first.ownerOf(0).orElseThrow().metadata()).containsEntry("zone", "z-a");

      one.says(
          WatchGroupResponse.newBuilder()
              .setRevision(12)
              .setChanges(GroupChanges.newBuilder().addFreeSlots(0).addGoneMembers("a"))
              .build());
      awaitRevision(watch, 12);
      assertThat(watch.latest().actives().keySet()).containsExactly(1);
      assertThat(watch.latest().members().keySet()).containsExactly("b");
      await().untilAsserted(() -> assertThat(told).hasSize(2));
      assertThat(watch.isConnected()).isTrue();
    }
    assertThat(one.requests.get(0).getFromRevision()).isZero();
  }

  @Test
  void aKeyIsSentToWhoServesItsSlot() throws Exception {
    int slot = Slots.of("customer-7", 64);
    one.does((request, stream) -> stream.onNext(snapshot(10, 64, held(slot, "b", 9)).build()));
    try (GroupWatch watch = watch(one.address())) {
      watch.await(PATIENCE);
      assertThat(watch.ownerOf("customer-7").map(ActiveMember::member)).contains("b");
      assertThat(watch.ownerOf((slot + 1) % 64)).isEmpty();

      one.says(changes(11, held(slot, "b", 9).toBuilder().setRevoked(true).build()).build());
      awaitRevision(watch, 11);
      assertThat(watch.ownerOf("customer-7")).as("told to stop").isEmpty();

      one.says(changes(12, held(slot, "a", 12).toBuilder().setStarted(false).build()).build());
      awaitRevision(watch, 12);
      assertThat(watch.ownerOf("customer-7")).as("not started yet").isEmpty();
      assertThat(watch.latest().actives()).containsKey(slot);
    }
  }

  @Test
  void aRestartedMembersAddressIsNotItsPredecessors() throws Exception {
    one.does((request, stream) -> stream.onNext(snapshot(10, 1, held(0, "a", 5)).build()));
    try (GroupWatch watch = watch(one.address())) {
      watch.await(PATIENCE);
      one.says(
          WatchGroupResponse.newBuilder()
              .setRevision(11)
              .setChanges(GroupChanges.newBuilder().addMembers(member("a", 11)))
              .build());
      awaitRevision(watch, 11);
      assertThat(watch.ownerOf(0)).isEmpty();
    }
  }

  @Test
  void anotherCoordinatorGoesOnWhereOneDied() throws Exception {
    try (GroupWatch watch = watchBoth()) {
      awaitFirst();
      one.says(snapshot(10, 1, held(0, "a", 5)).build());
      awaitRevision(watch, 10);
      one.says(bookmark(30, true));
      one.says(changes(35, held(0, "b", 35)).setMore(true).build());
      two.does((request, stream) -> stream.onNext(changes(40, held(0, "b", 40)).build()));

      await().until(watch::isConnected);
      one.streams.get(0).onError(Status.UNAVAILABLE.asRuntimeException());

      awaitRevision(watch, 40);
      assertThat(two.requests.get(0).getFromRevision())
          .as("after the last whole one")
          .isEqualTo(31);
      assertThat(two.requests.get(0).getClusterId()).isEqualTo("c");
      assertThat(watch.ownerOf(0).map(ActiveMember::epoch)).contains(40L);
      assertThat(watch.latest().members()).as("what did not change").hasSize(2);
    }
  }

  @Test
  void aWatchIsConnectedWhileItHearsAPictureInParts() throws Exception {
    one.does((request, stream) -> stream.onNext(snapshot(10, 4, held(0, "a", 5)).build()));
    try (GroupWatch watch = watch(one.address())) {
      watch.await(PATIENCE);
      await().until(watch::isConnected);
      one.says(changes(11, held(1, "b", 11)).setMore(true).build());
      one.says(bookmark(9, false));
      await().until(() -> watch.problem().isPresent());

      assertThat(watch.isConnected()).isTrue();
    }
  }

  @Test
  void aSilentStreamIsLeftForAnotherCoordinator() {
    try (GroupWatch watch = watchBoth()) {
      awaitFirst();
      one.says(snapshot(10, 1, held(0, "a", 5)).build());
      awaitRevision(watch, 10);
      two.does((request, stream) -> stream.onNext(bookmark(12, true)));

      await().atMost(PATIENCE).until(() -> two.requests.size() == 1);

      assertThat(two.requests.get(0).getFromRevision()).isEqualTo(11);
      await().until(watch::isConnected);
    }
  }

  @Test
  void aCoordinatorWithoutALeaderIsLeftThoughItSpeaks() {
    try (GroupWatch watch = watchBoth()) {
      awaitFirst();
      one.says(snapshot(10, 1, held(0, "a", 5)).build());
      awaitRevision(watch, 10);
      two.does((request, stream) -> stream.onNext(bookmark(12, true)));

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                one.says(bookmark(10, false));
                return !two.requests.isEmpty();
              });

      await().until(watch::isConnected);
    }
  }

  @Test
  void aCoordinatorThatLagsShowsNothingAndIsLeft() {
    try (GroupWatch watch = watchBoth()) {
      awaitFirst();
      one.says(snapshot(50, 1, held(0, "a", 45)).build());
      awaitRevision(watch, 50);
      two.does((request, stream) -> stream.onNext(bookmark(20, true)));
      one.does((request, stream) -> stream.onNext(changes(60, held(0, "b", 60)).build()));

      one.streams.get(0).onError(Status.UNAVAILABLE.asRuntimeException());

      awaitRevision(watch, 60);
      assertThat(two.requests).hasSize(1);
      assertThat(one.requests.get(1).getFromRevision()).isEqualTo(51);
    }
  }

  @Test
  void compactedMeansASnapshotAndNeverAnOlderOne() {
    try (GroupWatch watch = watchBoth()) {
      awaitFirst();
      one.says(snapshot(50, 1, held(0, "a", 45)).build());
      awaitRevision(watch, 50);
      two.does(
          (request, stream) -> {
            if (request.getFromRevision() == 0) {
              stream.onNext(snapshot(40, 1, held(0, "b", 30)).build());
            } else {
              stream.onError(compacted());
            }
          });
      one.does((request, stream) -> stream.onError(compacted()));

      one.streams.get(0).onError(compacted());
      await().atMost(PATIENCE).until(() -> two.requests.size() == 1);
      assertThat(two.requests.get(0).getFromRevision()).isZero();
      two.says(changes(45, held(0, "a", 45)).build());
      two.says(changes(70, held(0, "b", 70)).build());

      awaitRevision(watch, 70);
      await().untilAsserted(() -> assertThat(told).hasSize(2));
      assertThat(told).extracting(GroupSnapshot::revision).containsExactly(50L, 70L);
    }
  }

  @Test
  void aDeletedGroupIsAPictureToo() throws Exception {
    one.does((request, stream) -> stream.onNext(snapshot(10, 1, held(0, "a", 5)).build()));
    try (GroupWatch watch = watch(one.address())) {
      watch.await(PATIENCE);
      one.says(
          WatchGroupResponse.newBuilder()
              .setRevision(11)
              .setChanges(GroupChanges.newBuilder().setDeleted(true))
              .build());
      awaitRevision(watch, 11);
      assertThat(watch.latest().exists()).isFalse();
      assertThat(watch.latest().members()).isEmpty();
      assertThat(watch.problem()).contains("there is no group g");
    }
  }

  @Test
  void aListenerThatBlocksHoldsUpNobodyAndHearsTheLatest() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    one.does((request, stream) -> stream.onNext(snapshot(10, 1, held(0, "a", 5)).build()));
    try (GroupWatch watch =
        GroupWatch.builder()
            .endpoints(one.address())
            .group("g")
            .listener(
                snapshot -> {
                  told.add(snapshot);
                  awaitLatch(goOn);
                })
            .open()) {
      await().until(() -> told.size() == 1);
      for (long revision = 11; revision <= 200; revision++) {
        one.says(changes(revision, held(0, "a", revision)).build());
      }
      awaitRevision(watch, 200);
      goOn.countDown();
      await().until(() -> told.size() == 2);
      assertThat(told.get(1).revision()).isEqualTo(200);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aClosedWatchEndsItsStreamAndShowsItsLastPicture() throws Exception {
    one.does((request, stream) -> stream.onNext(snapshot(10, 1, held(0, "a", 5)).build()));
    GroupWatch watch = watch(one.address());
    watch.await(PATIENCE);
    watch.close();
    watch.close();
    assertThat(watch.isConnected()).isFalse();
    assertThat(watch.latest().revision()).isEqualTo(10);
    assertThat(one.requests).hasSize(1);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> GroupWatch.builder().group("g").open())
        .hasMessageContaining("endpoints");
    assertThatThrownBy(() -> GroupWatch.builder().endpoints("a:1").open())
        .hasMessageContaining("group");
  }
}
