package io.baton.coordinator.service;

import static io.baton.coordinator.service.MemoryLog.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 10 and 19: many who fall silent at once make a leader doubt itself, not them. */
final class LeaderDoubtsTest {
  private final Cluster cluster = new Cluster(3);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);

  private boolean present(String member) {
    Group group = cluster.leader().state().group(Cluster.GROUP);
    return group != null && group.member(member) != null;
  }

  // ------------------------------------------------------------------ rule 10

  @Test
  void rule10_aLeaderThatCantCommitAndHearsNoMajorityStepsDown() {
    cluster.agent("x");
    first.log.leads(9, peer("b", 9, 5_000), peer("c", 9, 5_000));
    cluster.run(1_000);
    assertThat(first.log.stepDowns).as("it commits").isEmpty();
    cluster.quorum = false;
    cluster.run(600);
    assertThat(first.log.stepDowns).isEmpty();
    cluster.run(120);
    assertThat(first.log.stepDowns).hasSize(1);
  }

  @Test
  void rule10_aLeaderWhoseDiskStallsAloneStepsDown() {
    cluster.agent("x");
    first.log.leads(9, peer("b", 12, 0), peer("c", 12, 0));
    cluster.quorum = false;
    cluster.run(720);
    assertThat(first.log.stepDowns).hasSize(1);
  }

  @Test
  void rule10_aStallOnAllThreeIsNoReason() {
    cluster.agent("x");
    first.log.leads(9, peer("b", 9, 0), peer("c", 9, 0));
    cluster.quorum = false;
    cluster.run(5_000);
    assertThat(first.log.stepDowns).isEmpty();
  }

  private List<Agent> agents(int count) {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      agents.add(cluster.agent("x" + i));
    }
    return agents;
  }

  private void runWith(List<Agent> agents, long millis) {
    cluster.run(millis, agents.toArray(new Agent[0]));
  }

  private int sessions() {
    return cluster.leader().state().sessions().size();
  }

  @Test
  void rule10_aLeaderThatLosesMostSessionsHandsLeadershipOnBeforeItExpiresThem() {
    List<Agent> agents = agents(12);
    runWith(agents, 1_500);
    cluster.run(5_000);
    assertThat(first.log.transfers).hasSize(1);
    assertThat(sessions()).isEqualTo(12);
    assertThat(cluster.history(HistoryEvent.Type.LEADER_SUSPECTED_ITSELF)).hasSize(1);
    cluster.run(700);
    assertThat(sessions()).as("the transfer failed").isZero();
    assertThat(first.log.transfers).hasSize(1);
  }

  @Test
  void rule10_itDoubtsItselfBeforeTheFirstOfThemThoughTheirDeadlinesAreSpread() {
    List<Agent> agents = agents(20);
    runWith(agents, 1_000);
    for (int i = 0; i < 20; i++) {
      agents.get(i).keepAlive();
      cluster.run(50);
    }
    cluster.run(4_500);
    assertThat(first.log.transfers).hasSize(1);
    assertThat(sessions()).isEqualTo(20);
  }

  @Test
  void rule10_afterTheTransferTheNextLeaderExpiresNormally() {
    List<Agent> agents = agents(12);
    runWith(agents, 1_500);
    cluster.run(5_000);
    cluster.elect(second);
    agents.forEach(a -> a.connect(second));
    runWith(agents, 1_000);
    cluster.run(5_600);
    assertThat(second.log.transfers).isEmpty();
    assertThat(sessions()).isZero();
  }

  @Test
  void rule10_fewSessionsOrTheLesserHalfAreExpiredAtOnce() {
    List<Agent> agents = agents(30);
    runWith(agents, 1_000);
    runWith(agents.subList(0, 15), 5_600);
    assertThat(first.log.transfers).isEmpty();
    assertThat(sessions()).isEqualTo(15);
  }

  @Test
  void rule10_sessionsThatCameBackEndTheIncident() {
    List<Agent> agents = agents(12);
    runWith(agents, 1_500);
    cluster.run(5_000);
    assertThat(first.log.transfers).hasSize(1);
    runWith(agents, 20_000);
    cluster.run(5_000);
    assertThat(first.log.transfers).hasSize(2);
    assertThat(sessions()).isEqualTo(12);
  }

  // ------------------------------------------------------------------ rule 19

  /** The group's members live by their connections as well. */
  private List<Agent> membersWithGrace(int count, long graceMillis) {
    FailoverPolicy usual = FailoverPolicy.DEFAULT;
    FailoverPolicy policy =
        new FailoverPolicy(
            usual.kind(),
            graceMillis,
            usual.lockDelayMillis(),
            usual.coolDownMillis(),
            usual.flapBudget(),
            usual.flapWindowMillis(),
            usual.failback(),
            usual.onCoordinatorLoss());
    cluster.accept(
        new Command.UpdateGroup(Cluster.GROUP, GroupSpec.DEFAULT.withFailover(policy), 0));
    List<Agent> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(cluster.member("m" + i));
    }
    return members;
  }

  @Test
  void rule19_aBrokenConnectionEndsTheMembershipAfterTheGraceOfItsGroup() {
    List<Agent> members = membersWithGrace(2, 1_000);
    runWith(members, 1_000);
    members.get(0).connection.closed();
    cluster.run(990, members.get(1));
    assertThat(cluster.holder()).isEqualTo("m0");
    cluster.run(120, members.get(1));
    assertThat(cluster.holder()).isEqualTo("m1");
    assertThat(present("m0")).isFalse();
  }

  @Test
  void rule19_whoHasConnectedAgainWithinTheGraceKeepsItsMembership() {
    List<Agent> members = membersWithGrace(2, 1_000);
    runWith(members, 1_000);
    members.get(0).connection.closed();
    cluster.run(900, members.get(1));
    members.get(0).connect(first);
    runWith(members, 3_000);
    assertThat(cluster.holder()).isEqualTo("m0");
  }

  @Test
  void rules10and19_aLeaderWhoseConnectionsAllBreakDoubtsItselfBeforeItEndsMemberships() {
    List<Agent> members = membersWithGrace(12, 200);
    runWith(members, 1_500);
    members.forEach(m -> m.connection.closed());
    cluster.run(500);
    assertThat(first.log.transfers).hasSize(1);
    assertThat(cluster.holder()).isEqualTo("m0");
    assertThat(cluster.proposed(Command.Disconnected.class)).isZero();
  }
}
