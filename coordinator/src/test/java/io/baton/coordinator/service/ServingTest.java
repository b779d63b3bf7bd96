package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Round;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who answers what: rule 2 across a change of leader, hints, draining, read-only, wrong cluster.
 */
final class ServingTest {
  private final Cluster cluster = new Cluster(3);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);

  private static Command open() {
    return new Command.OpenSession("agent");
  }

  private LeaderHint hint(Server leader) {
    return new LeaderHint(cluster.term(), leader.id, leader.id + ":7000");
  }

  @Test
  void rule2_aLinearizableReadSeesWhatWasAcknowledgedBeforeIt() {
    cluster.quorum = false;
    RecordedReply<Outcome> write = first.submit(open());
    RecordedReply<Long> read = first.read();
    assertThat(read.open()).isTrue();
    cluster.commitOne();
    assertThat(write.answer()).isInstanceOf(Outcome.Applied.class);
    assertThat(read.open()).isTrue();
    cluster.commitOne();
    assertThat(read.answer()).isEqualTo(first.state().revision());
  }

  @Test
  void rule2_aLeaderThatDoesntKnowThatItIsDeposedConfirmsNothing() {
    first.cutOff = true;
    cluster.depose(second);
    second.node.ready(cluster.term());
    RecordedReply<Outcome> write = first.submit(open());
    RecordedReply<Long> read = first.read();
    cluster.run(2_000);
    assertThat(write.open()).isTrue();
    assertThat(read.open()).isTrue();
    cluster.tell(first);
    assertThat(write.refusal()).isEqualTo(new Refusal.OutcomeUnknown());
    assertThat(read.refusal()).isInstanceOf(Refusal.NotLeader.class);
  }

  @Test
  void rule2_aRoundThatTheNextLeaderCommitsIsNotAnsweredASecondTime() {
    cluster.quorum = false;
    RecordedReply<Outcome> write = first.submit(open());
    Round left = first.log.lastProposed();
    long before = first.state().revision();
    cluster.elect(second);
    assertThat(write.refusal()).isEqualTo(new Refusal.OutcomeUnknown());
    cluster.commit(left);
    assertThat(write.answer()).isNull();
    assertThat(first.state().revision()).isEqualTo(before + 1);
    assertThat(second.state().revision()).isEqualTo(before + 1);
  }

  @Test
  void rule2_aLeaderAnswersNothingBeforeItIsReady() {
    cluster.depose(second);
    assertThat(second.submit(open()).refusal()).isEqualTo(new Refusal.NotLeader(hint(second)));
    assertThat(second.read().refusal()).isEqualTo(new Refusal.NotLeader(hint(second)));
    second.node.ready(cluster.term());
    RecordedReply<Outcome> write = second.submit(open());
    cluster.commit();
    assertThat(write.answer()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aFollowerNamesTheLeaderAndAnswersLocalReads() {
    assertThat(second.submit(open()).refusal()).isEqualTo(new Refusal.NotLeader(hint(first)));
    assertThat(second.read().refusal()).isEqualTo(new Refusal.NotLeader(hint(first)));
    RecordingStream stream = new RecordingStream();
    second.node.open(new Open("x", 1, 0, ""), stream);
    assertThat(stream.closed()).isEqualTo(new Refusal.NotLeader(hint(first)));
    assertThat(second.state().revision()).isEqualTo(first.state().revision());
  }

  @Test
  void leadershipIsToldAtOnceAndAtEveryChange() {
    List<LeaderHint> heard = new ArrayList<>();
    LeaderHint before = hint(first);
    Api.Subscription subscription = cluster.servers.get(2).node.leaders(heard::add);
    assertThat(heard).containsExactly(before);
    cluster.elect(second);
    assertThat(heard).containsExactly(before, hint(second));
    subscription.cancel();
    cluster.elect(first);
    assertThat(heard).hasSize(2);
  }

  @Test
  void rule13_aHintOfAnEarlierTermIsIgnored() {
    List<LeaderHint> heard = new ArrayList<>();
    cluster.elect(second);
    Node node = cluster.servers.get(2).node;
    node.leaders(heard::add);
    node.leaderChanged(cluster.term() - 1, "a");
    assertThat(heard).containsExactly(hint(second));
  }

  @Test
  void aLeaderThatBecomesUnknownIsToldAsUnknown() {
    List<LeaderHint> heard = new ArrayList<>();
    second.node.leaders(heard::add);
    second.node.leaderChanged(cluster.term() + 1, "");
    assertThat(heard).endsWith(new LeaderHint(cluster.term() + 1, "", ""));
  }

  @Test
  void aCoordinatorThatLeadsNoMoreDoesntNameItself() {
    Agent agent = cluster.agent("x");
    first.node.notLeader();
    assertThat(agent.stream.closed())
        .isEqualTo(new Refusal.NotLeader(new LeaderHint(cluster.term(), "", "")));
    assertThat(first.read().refusal())
        .isEqualTo(new Refusal.NotLeader(new LeaderHint(cluster.term(), "", "")));
    first.node.ready(cluster.term());
    List<LeaderHint> heard = new ArrayList<>();
    first.node.leaders(heard::add);
    assertThat(heard).containsExactly(hint(first));
  }

  @Test
  void aDrainingCoordinatorRefusesNewWorkAndFinishesWhatItHas() {
    Agent agent = cluster.member("m");
    cluster.quorum = false;
    RecordedReply<Outcome> earlier = first.submit(open());
    first.node.drain();
    assertThat(first.submit(open()).refusal()).isInstanceOf(Refusal.NotLeader.class);
    assertThat(first.read().refusal()).isInstanceOf(Refusal.NotLeader.class);
    RecordingStream stream = new RecordingStream();
    first.node.open(new Open("x", 1, 0, ""), stream);
    assertThat(stream.closed()).isInstanceOf(Refusal.NotLeader.class);
    cluster.quorum = true;
    cluster.commit();
    assertThat(earlier.answer()).isInstanceOf(Outcome.Applied.class);
    agent.keepAlive();
    cluster.run(100);
    assertThat(agent.stream.last(ToAgent.Ack.class).number()).isEqualTo(agent.keepalive);
  }

  @Test
  void aReadOnlyCoordinatorTakesNoCommandAndNoNewSession() {
    Agent agent = cluster.member("m");
    first.readOnly = true;
    assertThat(first.submit(open()).refusal()).isEqualTo(new Refusal.ReadOnly());
    RecordingStream stream = new RecordingStream();
    first.node.open(new Open("x", 1, 0, ""), stream);
    assertThat(stream.closed()).isEqualTo(new Refusal.ReadOnly());
    RecordedReply<Long> read = first.read();
    agent.connect(first);
    cluster.commit();
    assertThat(read.answer()).isEqualTo(first.state().revision());
    assertThat(agent.stream.last(ToAgent.Welcome.class).session()).isEqualTo(agent.session());
    cluster.run(10_000, agent);
    assertThat(cluster.holder()).as("those who are here live on").isEqualTo("m");
  }

  @Test
  void anAgentOfAnotherClusterIsRefused() {
    RecordingStream stream = new RecordingStream();
    first.node.open(new Open("x", 1, 0, "other"), stream);
    assertThat(stream.closed()).isEqualTo(new Refusal.WrongCluster(Cluster.ID));
    RecordingStream own = new RecordingStream();
    first.node.open(new Open("x", 1, 0, Cluster.ID), own);
    cluster.commit();
    assertThat(own.last(ToAgent.Welcome.class).clusterId()).isEqualTo(Cluster.ID);
  }

  @Test
  void aClusterIsFoundedEvenIfTheFirstProposalFails() {
    Server server = new Server("a");
    server.node.leaderChanged(1, "a");
    server.node.ready(1);
    assertThat(server.submit(open()).refusal()).isInstanceOf(Refusal.NotLeader.class);
    Round founding = server.log.waiting.remove();
    server.node.proposalFailed(founding.id());
    server.ticker.advanceMillis(50);
    server.node.tick();
    assertThat(server.log.waiting).hasSize(1);
    server.node.applied(1, 1, server.log.waiting.remove());
    assertThat(server.state().cluster().id()).isEqualTo(Cluster.ID);
    server.ticker.advanceMillis(50);
    server.node.tick();
    assertThat(server.log.waiting).as("once is enough").isEmpty();
  }

  @Test
  void aClusterIsFoundedOnlyWhenEveryLogHasBegun() {
    Server server = new Server("a");
    server.log.leads(0, MemoryLog.peer("b", 0, 0), MemoryLog.peer("c", -1, 0));
    server.node.leaderChanged(1, "a");
    server.node.ready(1);
    assertThat(server.log.waiting).isEmpty();

    server.log.leads(0, MemoryLog.peer("b", 0, 0), MemoryLog.peer("c", 0, 0));
    server.ticker.advanceMillis(50);
    server.node.tick();

    assertThat(server.log.waiting).hasSize(1);
  }

  /** Or an agent would not outlive the last coordinator that it was configured with. */
  @Test
  void whoWantsToKnowTheLeaderIsToldOfNewCoordinatorsToo() {
    int[] told = new int[1];
    first.node.leaders(hint -> told[0]++);
    assertThat(told[0]).isEqualTo(1);

    cluster.accept(
        new Command.RegisterCoordinator(
            new Coordinator("d", "dir-d", "d:7000", "d:7002", "d:7001", false)));
    assertThat(told[0]).isEqualTo(2);

    cluster.accept(new Command.OpenSession("agent"));
    assertThat(told[0]).isEqualTo(2);
  }

  @Test
  void theApplierTellsTheStoreTheIndexOfEveryEntry() {
    first.node.appliedOwn(cluster.term(), 77);
    assertThat(first.store.appliedIndex).isEqualTo(77);
  }
}
