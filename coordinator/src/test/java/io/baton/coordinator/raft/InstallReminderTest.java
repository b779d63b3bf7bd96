package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.coordinator.service.Snapshots.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 30, with Ratis itself. */
final class InstallReminderTest {
  @TempDir Path root;
  private TestCluster cluster;

  @BeforeEach
  void found() throws Exception {
    cluster =
        new TestCluster(
            root, new RaftConfig.Retention(1_000_000, Duration.ofHours(1), 1L << 40, 0, 1 << 20));
    cluster.found("n1", "n2", "n3");
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  /**
   * A leader spoke of a snapshot once, and then of its log, which had the entries after all. For a
   * minute its follower had fetched the snapshot, loaded it not, and refused every entry (torture,
   * seed 63189014, storm 52).
   */
  @Test
  void aSnapshotThatTheLeaderSpokeOfOnceIsLoaded() throws Exception {
    TestNode leader = cluster.leader();
    TestNode follower = cluster.follower();
    propose(leader);
    Position taken = snapshotOfAll(leader, follower);

    InstallReminder leadersWord =
        new InstallReminder(
            follower.log.division(), TermIndex.valueOf(taken.term(), taken.index() + 1));
    leadersWord.remind();
    leadersWord.remind();

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> follower.ask(() -> follower.replica.replaced) == 1);
    propose(leader);
    long newest = lastIndex(leader);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> follower.ask(() -> follower.replica.appliedIndex) >= newest);
    assertThat(follower.faults).isEmpty();
  }

  /** So many entries more, at least, are in the node's log when this returns. */
  private static void propose(TestNode node) {
    int rounds = 20;
    long before = lastIndex(node);
    for (int i = 0; i < rounds; i++) {
      var unused = node.proposeRound(List.of(), List.of());
    }
    await().atMost(TestCluster.PATIENCE).until(() -> lastIndex(node) >= before + rounds);
  }

  /** Of the leader's state, with every entry that both logs have. */
  private static Position snapshotOfAll(TestNode leader, TestNode follower) {
    Position taken;
    do {
      await()
          .atMost(TestCluster.PATIENCE)
          .until(
              () ->
                  lastIndex(leader) == lastIndex(follower)
                      && leader.ask(() -> leader.replica.appliedIndex) == lastIndex(leader)
                      && follower.ask(() -> follower.replica.appliedIndex) == lastIndex(leader));
      taken =
          leader
              .ask(() -> leader.store.draft(leader.replica.state.sessionEntities()).orElseThrow())
              .publish();
    } while (taken.index() < lastIndex(leader));
    return taken;
  }

  private static long lastIndex(TestNode node) {
    TermIndex last = node.log.division().getRaftLog().getLastEntryTermIndex();
    return last == null ? 0 : last.getIndex();
  }
}
