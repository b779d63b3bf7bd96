package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.RoundId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatisLogTest {
  @TempDir Path root;
  private TestCluster cluster;

  @BeforeEach
  void prepare() {
    cluster = new TestCluster(root, TestCluster.tiny());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    assertThat(cluster.nodes.values()).allSatisfy(node -> assertThat(node.faults).isEmpty());
  }

  @Test
  void oneNodeLeadsItself() throws Exception {
    cluster.found("n1");

    assertThat(cluster.apply(new Command.CreateGroup("g", GroupSpec.DEFAULT)))
        .isInstanceOf(Outcome.Applied.class);

    LogStatus status = cluster.leader().log.status();
    assertThat(status.role()).isEqualTo(LogStatus.Role.LEADER);
    assertThat(status.leaderId()).isEqualTo("n1");
    assertThat(status.flushedIndex()).isGreaterThanOrEqualTo(status.appliedIndex());
  }

  @Test
  void everyNodeAppliesEveryRoundInOneOrder() throws Exception {
    cluster.found("n1", "n2", "n3");
    TestNode leader = cluster.leader();
    List<RoundId> proposed = new ArrayList<>();
    List<Renewal> renewals = LongStream.range(0, 1_000).mapToObj(i -> new Renewal(i, i)).toList();
    for (int i = 0; i < 200; i++) {
      proposed.add(leader.proposeRound(renewals, List.of()));
    }

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> leader.ask(() -> leader.replica.outcomes.keySet().containsAll(proposed)));
    cluster.awaitEqualStates();
    LogStatus status = leader.log.status();
    assertThat(status.peers()).extracting(LogStatus.Peer::id).doesNotContain(leader.config.self());
    assertThat(status.peers()).hasSize(2).allMatch(p -> p.silentMillis() >= 0);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                leader.log.status().peers().stream()
                    .allMatch(p -> p.matchIndex() >= status.committedIndex()));
  }

  @Test
  void anotherLeadsWhereTheLeaderStops() throws Exception {
    cluster.found("n1", "n2", "n3");
    cluster.createGroups("before-", 3);
    cluster.awaitEqualStates(); // an empty log elects nobody (trap 28)
    String stopped = cluster.leader().config.self();
    cluster.stop(stopped);

    cluster.createGroups("after-", 3);
    assertThat(cluster.leader().config.self()).isNotEqualTo(stopped);

    TestNode back = cluster.start(stopped);
    await().atMost(TestCluster.PATIENCE).until(back::started);
    cluster.awaitEqualStates();
  }

  @Test
  void aDeposedLeaderIsToldAndItsProposalsFail() throws Exception {
    cluster.found("n1", "n2", "n3");
    TestNode first = cluster.leader();

    first.log.transferLeadership("test");
    await().atMost(TestCluster.PATIENCE).until(() -> first.ask(() -> first.replica.readyTerm == 0));
    RoundId late = first.proposeRound(List.of(), List.of());

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> first.ask(() -> first.replica.failed.contains(late)));
    String next = cluster.leader().config.self();
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> first.ask(() -> first.replica.leader.equals(next)));
  }

  @Test
  void aLeaderThatStepsDownIsFollowedByOne() throws Exception {
    cluster.found("n1", "n2", "n3");
    TestNode first = cluster.leader();
    long term = first.log.status().term();

    first.log.stepDown("test");

    await().atMost(TestCluster.PATIENCE).until(() -> cluster.leader().log.status().term() > term);
  }

  @Test
  void aRestartAfterSnapshotAndPurgeFindsTheSameState() throws Exception {
    cluster.found("n1");
    cluster.createGroups("g-", 400);
    cluster.awaitSnapshot(cluster.leader(), 200);
    String hash = cluster.awaitEqualStates();
    cluster.stop("n1");

    cluster.start("n1");

    cluster.leader();
    assertThat(cluster.awaitEqualStates()).isEqualTo(hash);
    cluster.createGroups("more-", 1);
  }

  @Test
  void allRestartedTogetherAfterSnapshotFindTheSameState() throws Exception {
    cluster.found("n1", "n2", "n3");
    cluster.createGroups("g-", 400);
    for (TestNode node : cluster.nodes.values()) {
      cluster.awaitSnapshot(node, 200);
    }
    String hash = cluster.awaitEqualStates();
    for (String id : List.of("n1", "n2", "n3")) {
      cluster.stop(id);
    }

    cluster.startAll();

    cluster.leader();
    assertThat(cluster.awaitEqualStates()).isEqualTo(hash);
    cluster.createGroups("more-", 1);
  }

  @Test
  void aFollowerFarBehindGetsTheSnapshot() throws Exception {
    cluster.found("n1", "n2", "n3");
    String away = cluster.follower().config.self();
    cluster.stop(away);
    cluster.createGroups("g-", 500);
    cluster.awaitSnapshot(cluster.leader(), 300);

    TestNode back = cluster.start(away);

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> back.started() && back.ask(() -> back.replica.replaced > 0));
    cluster.awaitEqualStates();
    cluster.createGroups("more-", 1);
    cluster.awaitEqualStates();
  }
}
