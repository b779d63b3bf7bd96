package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Readiness;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rule 18: a restarted member takes its own place, and nobody else's. Keepalives come each second.
 */
final class TakeoversTest {
  private final Cluster cluster = new Cluster(2);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);
  private final Agent old = cluster.agent("old");

  TakeoversTest() {
    old.directory = "dir";
    old.join(Cluster.GROUP, "m");
    cluster.commit();
  }

  /** A new incarnation of member {@code m} that asks to join. */
  private Agent successor(String directory, String... dead) {
    Agent agent = cluster.agent("new");
    agent.directory = directory;
    agent.deadIncarnations = List.of(dead);
    agent.join(Cluster.GROUP, "m");
    cluster.commit();
    return agent;
  }

  private static List<ToAgent.JoinAnswer> answers(Agent agent) {
    return agent.stream.all(ToAgent.JoinAnswer.class);
  }

  private void assertJoined(Agent agent) {
    assertThat(answers(agent)).hasSize(1);
    assertThat(agent.joinAnswer().refused()).isNull();
    assertThat(agent.joinAnswer().joined()).isNotNull();
  }

  @Test
  void rule18_theJoinIsHeldAndRefusedOnceTheOldSessionRenews() {
    Agent successor = successor("");
    cluster.run(500, successor);
    assertThat(answers(successor)).isEmpty();
    old.keepAlive();
    cluster.run(200, successor);
    assertThat(successor.joinAnswer().refused())
        .isNotNull()
        .extracting(Outcome.Rejected::code)
        .isEqualTo(Outcome.Code.ALREADY_EXISTS);
    assertThat(old.stream.closed()).isNull();
    assertThat(cluster.leaseThatStands().session()).isEqualTo(old.session());
  }

  @Test
  void rule18_afterTwoSilentKeepaliveIntervalsTheSuccessorTakesThePlace() {
    cluster.run(1_000);
    Agent successor = successor("");
    cluster.run(900, successor);
    assertThat(answers(successor)).as("1.9 s of silence").isEmpty();
    cluster.run(200, successor);
    assertJoined(successor);
    assertThat(old.stream.last(ToAgent.SessionGone.class).cause()).isEqualTo(Cause.SUPERSEDED);
  }

  /** An agent from before specs said so renews each second all the same. */
  @Test
  void rule18_anAgentThatDoesNotKnowAShorterIntervalIsNotTakenForSilent() {
    cluster.accept(
        new Command.UpdateGroup(Cluster.GROUP, GroupSpec.DEFAULT.withKeepaliveMillis(100), 0));
    old.keepAlive();
    cluster.run(100);
    Agent successor = successor("");
    cluster.run(1_800, successor);
    assertThat(answers(successor)).as("1.9 s of silence").isEmpty();
    cluster.run(200, successor);
    assertJoined(successor);
  }

  @Test
  void rule18_theSilenceCountsSinceReadyToo() {
    cluster.run(3_000);
    cluster.elect(second);
    Agent successor = successor("");
    cluster.run(1_900, successor);
    assertThat(answers(successor)).isEmpty();
    cluster.run(200, successor);
    assertJoined(successor);
  }

  @Test
  void rule18_withoutProofTheOldLeaseIsFreedAtItsDeadlineNotSooner() {
    cluster.run(2_100);
    Agent successor = successor("");
    cluster.run(100, successor);
    assertJoined(successor);
    cluster.run(2_800, successor);
    assertThat(cluster.leaseThatStands().session()).isEqualTo(old.session());
    cluster.run(200, successor);
    assertThat(cluster.leaseThatStands().session()).isEqualTo(successor.session());
  }

  @Test
  void rule18_withProofOfDeathTheSuccessorIsInAtOnceAndSoIsItsLease() {
    Agent successor = successor("dir", "other", old.incarnation);
    assertJoined(successor);
    assertThat(cluster.leaseThatStands().session()).isEqualTo(successor.session());
    assertThat(cluster.history(HistoryEvent.Type.SESSION_ENDED))
        .extracting(HistoryEvent::cause)
        .containsExactly(Cause.PROVEN_DEAD);
  }

  @Test
  void rule18_aProofFromAnotherDirectoryOrOfAnotherIncarnationProvesNothing() {
    assertThat(answers(successor("elsewhere", old.incarnation))).isEmpty();
    assertThat(answers(successor("dir", "another"))).isEmpty();
    assertThat(answers(successor("", old.incarnation))).isEmpty();
  }

  @Test
  void rule18_aRenewalThatStandsInTheLogBeforeTheTakeoverMakesItVoid() {
    Agent successor = successor("");
    cluster.run(1_990, successor);
    cluster.quorum = false;
    old.keepAlive();
    cluster.run(200);
    assertThat(cluster.proposed(Command.Takeover.class)).isEqualTo(1);
    cluster.quorum = true;
    cluster.commit();
    assertThat(successor.joinAnswer().refused())
        .isNotNull()
        .extracting(Outcome.Rejected::code)
        .isEqualTo(Outcome.Code.ALREADY_EXISTS);
    assertThat(old.stream.closed()).isNull();
  }

  @Test
  void rule18_theTakeoverNamesSessionAndRenewal() {
    cluster.run(2_100);
    successor("");
    cluster.run(50);
    assertThat(
            first.log.proposed.stream()
                .flatMap(r -> r.requests().stream())
                .map(r -> r.command())
                .filter(Command.Takeover.class::isInstance))
        .containsExactly(new Command.Takeover(old.session(), 1));
  }

  @Test
  void rule18_aSupersededSessionsRenewalsGetGone() {
    cluster.run(2_100);
    Agent successor = successor("");
    cluster.run(100, successor);
    old.connect(first);
    cluster.commit();
    assertThat(old.stream.kinds(0)).containsExactly("SessionGone");
    assertThat(old.stream.last(ToAgent.SessionGone.class).cause()).isEqualTo(Cause.SUPERSEDED);
  }

  @Test
  void rule18_aHeldJoinIsForgottenWithItsStream() {
    Agent successor = successor("");
    successor.connection.closed();
    cluster.run(3_000);
    assertThat(cluster.proposed(Command.Takeover.class)).isZero();
    assertThat(cluster.leaseThatStands().session()).isEqualTo(old.session());
  }

  @Test
  void rule18_aHeldJoinIsForgottenWithLeadershipAndAskedAnew() {
    Agent successor = successor("");
    cluster.elect(second);
    cluster.elect(first);
    successor.connect(first);
    cluster.run(2_500, successor);
    assertThat(cluster.proposed(Command.Takeover.class)).isZero();
    successor.join(Cluster.GROUP, "m");
    cluster.run(100, successor);
    assertJoined(successor);
  }

  @Test
  void rule18_aHeldJoinGoesOnWhereTheOldMemberLeaves() {
    Agent successor = successor("");
    old.connection.received(
        new FromAgent.Report(
            Cluster.GROUP,
            old.joinRevision(),
            Readiness.SYNCING,
            "",
            List.of(),
            List.of(),
            List.of(new FromAgent.SlotEpoch(0, cluster.leaseThatStands().epoch())),
            0,
            0));
    old.connection.received(new FromAgent.Leave(Cluster.GROUP, old.joinRevision()));
    old.connection.received(new FromAgent.Close());
    cluster.commit();
    assertJoined(successor);
    assertThat(cluster.leaseThatStands().session()).isEqualTo(successor.session());
  }

  @Test
  void rule18_twoProcessesThatBothLiveNeverTakeTurns() {
    Agent successor = successor("");
    for (int i = 0; i < 20; i++) {
      cluster.run(500, old, successor);
      successor.join(Cluster.GROUP, "m");
      cluster.commit();
    }
    assertThat(cluster.leaseThatStands().session()).isEqualTo(old.session());
    assertThat(answers(successor)).allMatch(a -> a.refused() != null);
    assertThat(answers(successor)).isNotEmpty();
  }
}
