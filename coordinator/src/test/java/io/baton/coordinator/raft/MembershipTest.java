package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Membership.MembershipException;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {
  @TempDir Path root;
  private TestCluster cluster;

  @BeforeEach
  void prepare() {
    cluster = new TestCluster(root, TestCluster.tiny());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Test
  void anAddedCoordinatorCatchesUpByASnapshotAndVotes() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    cluster.createGroups("g-", 400);
    cluster.awaitSnapshot(cluster.leader(), 200);
    TestNode joiner = startJoiner("n4");

    add("n4", joiner.config);

    await().atMost(TestCluster.PATIENCE).until(joiner::started);
    cluster.awaitEqualStates();
    assertThat(joiner.ask(() -> joiner.replica.replaced)).isPositive();
    assertThat(peersOf(cluster.leader())).hasSize(3);
    // It counts: with two of the old ones gone, three of four no longer are, two of four never
    // were.
    cluster.stop("n1".equals(cluster.leader().config.self()) ? "n2" : "n1");
    cluster.createGroups("more-", 1);
    cluster.awaitEqualStates();
  }

  @Test
  void aRemovedCoordinatorEndsAndTheOthersGoOn() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode removed = cluster.follower();
    String id = removed.config.self();

    assertThatThrownBy(() -> remove(id, false))
        .hasCauseInstanceOf(MembershipException.class)
        .hasMessageContaining("survive the loss of none");
    remove(id, true);

    assertThat(peersOf(cluster.leader())).hasSize(1);
    TestNode leader = cluster.leader();
    assertThat(leader.ask(() -> leader.replica.state.coordinators().values()))
        .filteredOn(Coordinator::retired)
        .extracting(Coordinator::id)
        .containsExactly(id);
    cluster.stop(id);
    cluster.createGroups("more-", 1);
    TestNode back = cluster.start(id);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                back.faults.contains(
                    "coordinator "
                        + id
                        + " was removed from the cluster; its id is used up: add a new id"));
  }

  @Test
  void aLeaderThatIsToBeRemovedHandsOnFirst() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode first = cluster.leader();

    assertThatThrownBy(() -> remove(first.config.self(), true))
        .hasMessageContaining("ask again in a moment");

    await().atMost(TestCluster.PATIENCE).until(() -> cluster.leader() != first);
  }

  @Test
  void aWipedCoordinatorIsRefusedAndComesBackUnderANewId() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    String lost = cluster.follower().config.self();
    cluster.stop(lost);
    cluster.wipe(lost);

    TestNode wiped = cluster.start(lost);

    await().atMost(TestCluster.PATIENCE).until(() -> wiped.refusal() != null);
    assertThat(wiped.refusal()).hasMessageContaining("lost its disk: remove it and add a new id");
    assertThat(Files.exists(cluster.directory(lost).resolve("raft"))).isFalse();
    cluster.stop(lost);
    remove(lost, true);
    TestNode replacement = startJoiner("n4");
    add("n4", replacement.config);
    await().atMost(TestCluster.PATIENCE).until(replacement::started);
    cluster.awaitEqualStates();
  }

  @Test
  void aWipedCoordinatorIsNeverAdmittedUnderItsOldId() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode leader = cluster.leader();
    RaftConfig config = cluster.follower().config;
    String lost = config.self();
    cluster.stop(lost);
    cluster.wipe(lost);
    TestNode wiped = cluster.start(lost);

    assertThatThrownBy(() -> add(leader, lost, config)).hasMessageContaining("another directory");
    assertThat(wiped.started()).isFalse();
  }

  @Test
  void aCoordinatorThatFoundedAClusterOfItsOwnIsNotAdded() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode leader = cluster.leader();
    RaftConfig.Peer alone = TestCluster.newPeer("n4");
    TestNode founder = cluster.start(cluster.config("n4", List.of(alone)));
    await().atMost(TestCluster.PATIENCE).until(founder::ready);

    assertThatThrownBy(() -> add(leader, "n4", founder.config))
        .hasMessageContaining("belongs to another cluster: empty its directory");
    assertThatThrownBy(
            () ->
                founder
                    .peers
                    .at("n4", alone.apiAddress())
                    .admit(
                        "n4",
                        founder.directory.marker().directory(),
                        leader.directory.marker().group()))
        .hasMessageContaining("belongs to another cluster");

    assertThat(leader.ask(() -> leader.replica.state.coordinators())).doesNotContainKey("n4");
    assertThat(leader.log.voters()).hasSize(3);
  }

  /** Ratis does not look at who answers: one disk would count as two voters. */
  @Test
  void aCoordinatorIsNotAddedAtAnothersAddress() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode leader = cluster.leader();
    TestNode joiner = startJoiner("n4");
    Coordinator own = coordinator(joiner.config.own());
    Coordinator atAnothers =
        new Coordinator(
            "n4", "", own.apiAddress(), cluster.follower().config.own().raftAddress(), "", false);

    assertThatThrownBy(
            () -> leader.membership.add(atAnothers, Actor.SYSTEM).get(90, TimeUnit.SECONDS))
        .hasMessageContaining("it says itself " + own.raftAddress());

    assertThat(leader.log.voters()).hasSize(3);
    assertThat(leader.ask(() -> leader.replica.state.coordinators())).doesNotContainKey("n4");
  }

  @Test
  void anAddThatIsAskedForAgainChangesNothing() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    TestNode founder = cluster.follower();

    add(founder.config.self(), founder.config);

    assertThat(cluster.leader().log.voters()).hasSize(3);
  }

  /** Design §5.6: one that was wiped, and that nobody could tell so, votes in no old election. */
  @Test
  void aWipedCoordinatorThatListsOnlyItselfHasNoVoteInTheOldCluster() throws Exception {
    foundAndRegister("n1", "n2", "n3");
    RaftConfig.Peer lost = cluster.follower().config.own();
    String group = cluster.leader().directory.marker().group();
    cluster.stop(lost.id());
    cluster.wipe(lost.id());

    TestNode wiped = cluster.start(cluster.config(lost.id(), List.of(lost)));

    await().atMost(TestCluster.PATIENCE).until(wiped::ready);
    assertThat(wiped.directory.marker().group()).isNotEqualTo(group);
    assertThat(wiped.log.voters()).hasSize(1);
    assertThat(cluster.directory(lost.id()).resolve("raft").resolve(group)).doesNotExist();
  }

  @Test
  void aLoneEmptyCoordinatorOfThreeWaits() throws Exception {
    List<RaftConfig.Peer> listed = new ArrayList<>();
    for (String id : List.of("n1", "n2", "n3")) {
      listed.add(TestCluster.newPeer(id));
    }
    TestNode alone = cluster.start(cluster.config("n1", listed));
    TestNode second = cluster.start(cluster.config("n2", listed));

    // Two of three are a majority, and still not enough: n3 may be the one that remembers.
    await()
        .during(2, TimeUnit.SECONDS)
        .atMost(TestCluster.PATIENCE)
        .until(() -> !alone.started() && !second.started());

    assertThat(alone.log.status().role()).isEqualTo(LogStatus.Role.UNKNOWN);
    cluster.start(cluster.config("n3", listed));
    cluster.leader();
  }

  private void foundAndRegister(String... ids) throws Exception {
    cluster.found(ids);
    TestNode leader = cluster.leader();
    cluster.apply(
        Founding.command(
            leader.directory.marker(),
            "cluster-id",
            60_000,
            5_000,
            cluster.listed().stream().map(MembershipTest::coordinator).toList()));
    assertThat(new TreeMap<>(leader.ask(() -> leader.replica.state.coordinators())))
        .containsOnlyKeys(ids);
  }

  private static Coordinator coordinator(RaftConfig.Peer peer) {
    return new Coordinator(peer.id(), "", peer.apiAddress(), peer.raftAddress(), "", false);
  }

  private TestNode startJoiner(String id) throws Exception {
    List<RaftConfig.Peer> listed = new ArrayList<>(cluster.listed());
    listed.add(TestCluster.newPeer(id));
    return cluster.start(cluster.config(id, listed));
  }

  private void add(String id, RaftConfig config) throws Exception {
    add(cluster.leader(), id, config);
  }

  private static void add(TestNode leader, String id, RaftConfig config) throws Exception {
    Coordinator wanted =
        config.coordinators().stream()
            .filter(p -> p.id().equals(id))
            .map(MembershipTest::coordinator)
            .findFirst()
            .orElseThrow();
    leader.membership.add(wanted, Actor.SYSTEM).get(90, TimeUnit.SECONDS);
  }

  private void remove(String id, boolean allowShrink) throws Exception {
    cluster.leader().membership.remove(id, allowShrink, Actor.SYSTEM).get(90, TimeUnit.SECONDS);
  }

  private static List<LogStatus.Peer> peersOf(TestNode node) {
    return node.log.status().peers();
  }

  @Test
  void aChangeThatComesWhileTheCoordinatorStopsIsRefused() throws Exception {
    cluster.found("n1");
    TestNode node = cluster.leader();
    node.membership.close();

    assertThatThrownBy(
            () -> node.membership.remove("n1", true, Actor.SYSTEM).get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(MembershipException.class)
        .hasMessageContaining("is stopping");
  }

  @Test
  void onlyTheLeaderChangesMembers() throws Exception {
    cluster.found("n1", "n2", "n3");
    cluster.apply(new Command.OpenSession("a"));
    // A majority was enough so far: the third may still be opening its log.
    cluster.awaitEqualStates();

    assertThatThrownBy(
            () ->
                cluster
                    .follower()
                    .membership
                    .remove("n1", true, Actor.SYSTEM)
                    .get(60, TimeUnit.SECONDS))
        .hasMessageContaining("only the leader");
  }
}
