package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Readiness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 2, 11 and 14: how keepalives, joins and reports are answered. */
final class AgentMessagesTest {
  private final Cluster cluster = new Cluster(2);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);

  // ------------------------------------------------------------------ acknowledgements

  @Test
  void rule2_aKeepaliveIsAcknowledgedOnceItsRoundIsApplied() {
    Agent agent = cluster.member("m");
    cluster.quorum = false;
    agent.keepAlive();
    cluster.run(200);
    assertThat(agent.stream.all(ToAgent.Ack.class)).isEmpty();
    cluster.quorum = true;
    cluster.commit();
    assertThat(agent.stream.all(ToAgent.Ack.class)).hasSize(1);
  }

  @Test
  void rule11_theAcknowledgementEchoesTheNumberThatWasPackedAndNamesWhatItCovers() {
    Agent agent = cluster.member("m");
    cluster.quorum = false;
    agent.keepAlive();
    cluster.run(60);
    long packed = agent.keepalive;
    agent.keepAlive();
    cluster.commitOne();
    ToAgent.Ack ack = agent.stream.last(ToAgent.Ack.class);
    assertThat(ack.number()).isEqualTo(packed);
    assertThat(ack.covered())
        .containsExactly(new ToAgent.Coverage(Cluster.GROUP, agent.joinRevision(), 5_000));
  }

  @Test
  void rule11_noAcknowledgementCoversAMembershipThatEnded() {
    Agent agent = cluster.member("m");
    cluster.accept(new Command.DeleteGroup(Cluster.GROUP, 0));
    agent.keepAlive();
    cluster.run(100);
    assertThat(agent.stream.last(ToAgent.Ack.class).covered()).isEmpty();
  }

  // ------------------------------------------------------------------ joins

  @Test
  void aJoinIsAnsweredWithItsIdAndWhatItCovers() {
    Agent agent = cluster.agent("m");
    long id = agent.join(Cluster.GROUP, "m");
    cluster.commit();
    ToAgent.JoinAnswer answer = agent.joinAnswer();
    assertThat(answer.joinId()).isEqualTo(id);
    assertThat(answer.refused()).isNull();
    assertThat(answer.joined())
        .isEqualTo(new ToAgent.Coverage(Cluster.GROUP, agent.joinRevision(), 5_000));
  }

  @Test
  void aJoinOfAnUnknownGroupIsRefused() {
    Agent agent = cluster.agent("m");
    agent.join("nowhere", "m");
    cluster.commit();
    assertThat(agent.joinAnswer().joined()).isNull();
    assertThat(agent.joinAnswer().refused())
        .isNotNull()
        .extracting(Outcome.Rejected::code)
        .isEqualTo(Outcome.Code.NOT_FOUND);
  }

  @Test
  void aJoinWhoseMembershipEndedInTheSameRoundIsRefused() {
    Agent agent = cluster.agent("m");
    for (int i = 0; i < Rounds.MAX_IN_FLIGHT; i++) {
      cluster.quorum = false;
      first.read();
    }
    agent.join(Cluster.GROUP, "m");
    first.submit(new Command.DeleteGroup(Cluster.GROUP, 0));
    cluster.quorum = true;
    cluster.commit();
    assertThat(agent.joinAnswer().joined()).isNull();
    assertThat(agent.joinAnswer().refused())
        .isNotNull()
        .extracting(Outcome.Rejected::code)
        .isEqualTo(Outcome.Code.NOT_FOUND);
  }

  @Test
  void aJoinThatIsRepeatedGetsTheStandingMembership() {
    Agent agent = cluster.member("m");
    ToAgent.Coverage before = agent.joinAnswer().joined();
    int messages = agent.stream.sent.size();
    long id = agent.join(Cluster.GROUP, "m");
    cluster.commit();
    assertThat(agent.stream.kinds(messages))
        .containsExactly("Assignment", "JoinAnswer", "GroupView");
    assertThat(agent.joinAnswer().joinId()).isEqualTo(id);
    assertThat(agent.joinAnswer().joined()).isNotNull().isEqualTo(before);
  }

  @Test
  void anOverloadedLeaderEndsTheStreamSoThatTheAgentComesAgain() {
    Agent agent = cluster.agent("m");
    cluster.quorum = false;
    for (int i = 0; i < Rounds.MAX_WAITING + Rounds.MAX_IN_FLIGHT; i++) {
      first.submit(new Command.OpenSession("x"));
    }
    agent.join(Cluster.GROUP, "m");
    assertThat(agent.stream.closed()).isEqualTo(new Refusal.Overloaded());
  }

  // ------------------------------------------------------------------ rule 14

  @Test
  void rule14_aReportOfALapseIsTakenOnceAndItsRepetitionsChangeNothing() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    agent.lapsed(epoch);
    cluster.commit();
    assertThat(cluster.leaseThatStands().revoked()).isTrue();
    long revision = first.state().revision();
    agent.lapsed(epoch);
    agent.lapsed(epoch);
    cluster.commit();
    assertThat(first.state().revision()).isEqualTo(revision);
  }

  @Test
  void aRepeatedReportOfALeaseThatHasStartedCostsNoCommandAboutIt() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    for (int i = 0; i < 3; i++) {
      agent.started(epoch);
      cluster.commit();
    }
    assertThat(cluster.leaseThatStands().started()).isTrue();
    assertThat(cluster.proposed(Command.Started.class)).isEqualTo(1);
  }

  @Test
  void rule14_aReportThatWasLostWithItsLeaderIsTakenWhenItIsRepeated() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    long epoch = cluster.leaseThatStands().epoch();
    cluster.quorum = false;
    agent.lapsed(epoch);
    agent.stopped(epoch);
    cluster.elect(second);
    cluster.quorum = true;
    agent.connect(second);
    other.connect(second);
    cluster.commit();
    assertThat(cluster.holder()).isEqualTo("m");
    agent.report(
        List.of(new FromAgent.Lapse(0, epoch, Cause.LAPSED, "")),
        List.of(new FromAgent.SlotEpoch(0, epoch)));
    cluster.commit();
    assertThat(cluster.holder()).isEqualTo("n");
  }

  @Test
  void rule14_aMemberThatCantGoOnIsNoCandidateForWhatItGivesUp() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    agent.connection.received(
        new FromAgent.Report(
            Cluster.GROUP,
            agent.joinRevision(),
            Readiness.UNHEALTHY,
            "disk full",
            List.of(),
            List.of(new FromAgent.Lapse(0, epoch, Cause.LAPSED, "")),
            List.of(new FromAgent.SlotEpoch(0, epoch)),
            0,
            0));
    cluster.commit();
    assertThat(cluster.holder()).isEmpty();
    assertThat(cluster.history(HistoryEvent.Type.LEASE_GRANTED)).hasSize(1);
  }

  @Test
  void rule14_stoppedCountsAlsoWhereTheMembershipHasEnded() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    cluster.accept(new Command.DeleteGroup(Cluster.GROUP, 0));
    agent.stopped(epoch);
    cluster.commit();
    assertThat(first.state().groups()).isEmpty();
  }

  @Test
  void anAgentThatClosesEndsItsSession() {
    Agent agent = cluster.agent("m");
    agent.connection.received(new FromAgent.Close());
    cluster.commit();
    assertThat(agent.stream.last(ToAgent.SessionGone.class).cause()).isEqualTo(Cause.LEFT);
    assertThat(first.state().sessions()).isEmpty();
  }
}
