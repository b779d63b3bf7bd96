package io.baton.coordinator.state;

import static io.baton.coordinator.state.HistoryEvent.Type.CLUSTER_FOUNDED;
import static io.baton.coordinator.state.HistoryEvent.Type.COORDINATOR_REGISTERED;
import static io.baton.coordinator.state.HistoryEvent.Type.COORDINATOR_RETIRED;
import static io.baton.coordinator.state.HistoryEvent.Type.LEADER_SUSPECTED_ITSELF;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cluster, its coordinators, and the leader that suspects itself (design §3.10, §5.6). */
final class CoordinatorsTest {
  private static final Coordinator N1 = coordinator("n1", "dir-1");
  private static final Coordinator N2 = coordinator("n2", "dir-2");

  private final StateFixture cluster = new StateFixture();

  CoordinatorsTest() {
    cluster.accept(new Command.Found("c-1", 60_000, 5_000, List.of(N1)));
  }

  @Test
  void theFirstCommandSaysWhoTheClusterIs() {
    assertThat(cluster.types()).containsExactly(CLUSTER_FOUNDED, COORDINATOR_REGISTERED);
    assertThat(cluster.state().cluster().id()).isEqualTo("c-1");
    assertThat(cluster.state().cluster().revision()).isEqualTo(2);
    assertThat(cluster.state().coordinators()).containsEntry("n1", N1);
  }

  @Test
  void aClusterIsFoundedOnce() {
    cluster.refuse(
        Code.ALREADY_EXISTS, "cluster_id", new Command.Found("c-2", 60_000, 5_000, List.of()));
  }

  @Test
  void aCoordinatorIsRegisteredUnderAFreeId() {
    cluster.accept(new Command.RegisterCoordinator(N2));
    assertThat(cluster.types()).containsExactly(COORDINATOR_REGISTERED);

    cluster.accept(new Command.RegisterCoordinator(N2));
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void aCoordinatorMayMove() {
    Coordinator moved = new Coordinator("n1", "dir-1", "elsewhere:7000", "r", "h", false);

    cluster.accept(new Command.RegisterCoordinator(moved));

    assertThat(cluster.state().coordinators()).containsEntry("n1", moved);
  }

  /** One disk must not count as two voters. */
  @Test
  void noTwoCoordinatorsShareAnAddress() {
    Coordinator atItsRaftPort =
        new Coordinator("n3", "dir-3", "n3:7000", N1.raftAddress(), "n3:7001", false);
    Coordinator atItsApiPort =
        new Coordinator("n3", "dir-3", N1.apiAddress(), "n3:7002", "n3:7001", false);

    cluster.refuse(
        Code.PRECONDITION, "raft_address", new Command.RegisterCoordinator(atItsRaftPort));
    cluster.refuse(Code.PRECONDITION, "api_address", new Command.RegisterCoordinator(atItsApiPort));

    cluster.accept(new Command.RegisterCoordinator(N2));
    cluster.accept(new Command.RetireCoordinator("n1"));
    cluster.accept(new Command.RegisterCoordinator(atItsRaftPort));
  }

  @Test
  void anIdIsNeverGivenToAnotherDirectory() {
    cluster.refuse(
        Code.ALREADY_EXISTS, "id", new Command.RegisterCoordinator(coordinator("n1", "dir-9")));
  }

  @Test
  void aRetiredIdStaysUsed() {
    cluster.accept(new Command.RetireCoordinator("n1"));
    assertThat(cluster.types()).containsExactly(COORDINATOR_RETIRED);

    cluster.refuse(Code.ALREADY_EXISTS, "id", new Command.RegisterCoordinator(N1));
    cluster.accept(new Command.RetireCoordinator("n1"));
    assertThat(cluster.events()).isEmpty();
  }

  @Test
  void anUnknownCoordinatorCanNotRetire() {
    cluster.refuse(Code.NOT_FOUND, "id", new Command.RetireCoordinator("n9"));
  }

  @Test
  void aLeaderSuspectsItselfOnceATerm() {
    cluster.accept(new Command.SuspectSelf("n1", 4, 12, 20));
    assertThat(cluster.types()).containsExactly(LEADER_SUSPECTED_ITSELF);
    assertThat(cluster.state().cluster().suspectedTerm()).isEqualTo(4);

    cluster.refuse(Code.CONFLICT, "", new Command.SuspectSelf("n1", 4, 12, 20));
    cluster.refuse(Code.CONFLICT, "", new Command.SuspectSelf("n2", 3, 12, 20));
    cluster.accept(new Command.SuspectSelf("n2", 5, 12, 20));
  }

  private static Coordinator coordinator(String id, String directory) {
    return new Coordinator(id, directory, id + ":7000", id + ":7002", id + ":7001", false);
  }
}
