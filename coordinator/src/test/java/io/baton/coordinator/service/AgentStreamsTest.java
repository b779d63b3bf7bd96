package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupCheck;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Renewal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules 2 and 13, and the order of messages on an agent's stream. */
final class AgentStreamsTest {
  private final Cluster cluster = new Cluster(2);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);

  private void switchTo(String member) {
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", member, 0));
  }

  // ------------------------------------------------------------------ the beginning of a stream

  @Test
  void aNewStreamBeginsWithTheWelcomeAndTheCompleteSet() {
    Agent agent = cluster.agent("m");
    assertThat(agent.stream.kinds(0)).containsExactly("Welcome", "CompleteSet");
    ToAgent.Welcome welcome = agent.stream.last(ToAgent.Welcome.class);
    assertThat(welcome.clusterId()).isEqualTo(Cluster.ID);
    assertThat(welcome.defaultTtlMillis()).isEqualTo(5_000);
    assertThat(welcome.driftPermille()).isEqualTo(10);
    assertThat(welcome.leader()).isEqualTo(new LeaderHint(cluster.term(), "a", "a:7000"));
    assertThat(welcome.revision()).isEqualTo(welcome.session());
  }

  @Test
  void rule2_aStreamIsWelcomedOnlyOnceARoundHasConfirmedItsSession() {
    Agent agent = cluster.agent("m");
    cluster.quorum = false;
    agent.connect(first);
    assertThat(agent.stream.sent).isEmpty();
    cluster.quorum = true;
    cluster.commit();
    assertThat(agent.stream.kinds(0)).containsExactly("Welcome", "CompleteSet");
  }

  @Test
  void rule13_theCompleteSetNamesEveryMembershipWithItsOrders() {
    Agent agent = cluster.member("m");
    agent.connect(first);
    cluster.commit();
    ToAgent.CompleteSet set = agent.stream.last(ToAgent.CompleteSet.class);
    assertThat(set.session()).isEqualTo(agent.session());
    assertThat(set.revision()).isEqualTo(first.state().revision());
    ToAgent.Assignment only = set.assignments().get(0);
    assertThat(set.assignments()).hasSize(1);
    assertThat(only.group()).isEqualTo(Cluster.GROUP);
    assertThat(only.endedCause()).isNull();
    assertThat(only.leases())
        .containsExactly(new ToAgent.Order(0, cluster.leaseThatStands().epoch(), 0, null));
    assertThat(agent.stream.kinds(0)).containsExactly("Welcome", "CompleteSet", "GroupView");
  }

  @Test
  void rule13_theCompleteSetStillNamesWhatHasToStopOfAMembershipThatEnded() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    cluster.accept(new Command.DeleteGroup(Cluster.GROUP, 0));
    agent.connect(first);
    cluster.commit();
    ToAgent.Assignment only = agent.stream.last(ToAgent.CompleteSet.class).assignments().get(0);
    assertThat(only.endedCause()).isEqualTo(Cause.GROUP_DELETED);
    assertThat(only.leases()).extracting(ToAgent.Order::epoch).containsExactly(epoch);
    assertThat(only.leases().get(0).revokedRevision()).isPositive();
  }

  @Test
  void aFloodOfOneAgentWaitsUntilItsCommandsAreAnswered() {
    Agent agent = cluster.member("m");
    int[] wanted = new int[1];
    cluster.quorum = false;
    for (int i = 0; i < Connection.MAX_UNANSWERED; i++) {
      agent.connection.whenReady(() -> wanted[0]++);
      agent.join("unknown", "m");
    }
    assertThat(wanted[0]).isEqualTo(Connection.MAX_UNANSWERED);

    agent.connection.whenReady(() -> wanted[0]++);
    assertThat(wanted[0]).isEqualTo(Connection.MAX_UNANSWERED);

    cluster.quorum = true;
    cluster.commit();
    assertThat(wanted[0]).isEqualTo(Connection.MAX_UNANSWERED + 1);
  }

  @Test
  void aLongReportGoesIntoTheQueueBySlicesAndTheNextMessageWaits() {
    Agent agent = cluster.member("m");
    long epoch = cluster.leaseThatStands().epoch();
    int[] wanted = new int[1];
    cluster.quorum = false;

    agent.report(Collections.nCopies(5_000, lapse(epoch)), List.of());
    agent.connection.whenReady(() -> wanted[0]++);

    long queued = first.log.waiting.stream().mapToLong(r -> r.requests().size()).sum();
    assertThat(queued).isLessThanOrEqualTo(Connection.MAX_QUEUED);
    assertThat(wanted[0]).isZero();
    cluster.quorum = true;
    cluster.commit();
    assertThat(cluster.proposed(Command.Lapsed.class)).isEqualTo(5_000);
    assertThat(wanted[0]).isEqualTo(1);
  }

  @Test
  void aChangeOfTheSpecBringsItsMembersTheChecks() {
    Agent agent = cluster.member("m");
    assertThat(agent.stream.last(ToAgent.Assignment.class).checks()).isEmpty();
    GroupCheck check =
        new GroupCheck("db", GroupCheck.Kind.TCP, List.of("db:1"), 0, 2_000, 1_000, 1, 3);

    cluster.accept(
        new Command.UpdateGroup(Cluster.GROUP, GroupSpec.DEFAULT.withChecks(List.of(check)), 0));

    assertThat(agent.stream.last(ToAgent.Assignment.class).checks()).containsExactly(check);
  }

  private static FromAgent.Lapse lapse(long epoch) {
    return new FromAgent.Lapse(0, epoch, Cause.LAPSED, "");
  }

  @Test
  void whatIsSaidOfLeasesThatAreNotTheSessionsMakesNoCommand() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    long epoch = cluster.leaseThatStands().epoch();

    other.report(List.of(lapse(epoch)), List.of(new FromAgent.SlotEpoch(0, epoch)));
    agent.report(List.of(lapse(epoch - 1)), List.of(new FromAgent.SlotEpoch(0, epoch - 1)));
    cluster.commit();

    assertThat(cluster.proposed(Command.Lapsed.class)).isZero();
    assertThat(cluster.proposed(Command.Stopped.class)).isZero();
    assertThat(cluster.proposed(Command.SetReadiness.class)).isEqualTo(2);
  }

  @Test
  void progressInGroupsThatASessionIsNoMemberOfGoesNowhere() {
    Agent agent = cluster.member("m");
    Progress far = new Progress(9, -1);

    agent.connection.received(
        new FromAgent.KeepAlive(1, Map.of(Cluster.GROUP, far, "unknown", far)));
    cluster.run(100);

    assertThat(
            first.log.proposed.stream()
                .flatMap(r -> r.renewals().stream())
                .map(Renewal::progress)
                .filter(said -> !said.isEmpty()))
        .containsExactly(new TreeMap<>(Map.of(Cluster.GROUP, far)));
  }

  // ------------------------------------------------------------------ one stream counts

  @Test
  void rule13_anOpenThatIsNotNewerThanTheHighestIsIgnored() {
    Agent agent = cluster.agent("m");
    agent.connect(first, 5, agent.session());
    cluster.commit();
    RecordingStream newest = agent.stream;
    assertThat(agent.connect(first, 5, agent.session()).closed())
        .isInstanceOf(Refusal.Replaced.class);
    assertThat(agent.connect(first, 4, agent.session()).closed())
        .isInstanceOf(Refusal.Replaced.class);
    cluster.commit();
    assertThat(newest.closed()).isNull();
  }

  @Test
  void rule13_anIgnoredOpenLeavesTheHighestAsItWas() {
    Agent agent = cluster.agent("m");
    long session = agent.session();
    agent.connect(first, 5, session);
    cluster.commit();
    RecordingStream newest = agent.stream;
    agent.connect(first, 1, 0);
    agent.connection.closed();
    assertThat(agent.connect(first, 3, session).closed()).isInstanceOf(Refusal.Replaced.class);
    cluster.commit();
    assertThat(newest.closed()).isNull();
  }

  @Test
  void rule13_theLateEndOfAnEarlierStreamLeavesTheHighestAsItWas() {
    Agent agent = new Agent("m");
    cluster.quorum = false;
    agent.connect(first, 1, 0);
    Api.AgentConnection earlier = agent.connection;
    RecordingStream newest = agent.connect(first, 3, 0);
    earlier.closed();
    assertThat(agent.connect(first, 2, 0).closed()).isInstanceOf(Refusal.Replaced.class);
    cluster.quorum = true;
    cluster.commit();
    assertThat(newest.closed()).isNull();
    assertThat(newest.all(ToAgent.Welcome.class)).hasSize(1);
  }

  @Test
  void rule13_ordersAndAcknowledgementsGoToTheNewestStreamOnly() {
    Agent agent = cluster.member("m");
    RecordingStream old = agent.stream;
    Api.AgentConnection oldConnection = agent.connection;
    agent.connect(first);
    cluster.commit();
    int before = old.sent.size();
    assertThat(old.closed()).isInstanceOf(Refusal.Replaced.class);
    oldConnection.received(new FromAgent.KeepAlive(99, new TreeMap<>()));
    agent.keepAlive();
    cluster.run(200);
    assertThat(old.sent).hasSize(before);
    assertThat(agent.stream.all(ToAgent.Ack.class)).hasSize(1);
    assertThat(agent.stream.last(ToAgent.Ack.class).number()).isEqualTo(agent.keepalive);
  }

  @Test
  void rule13_theEndOfAReplacedStreamDoesntTouchTheNewest() {
    Agent agent = cluster.member("m");
    Api.AgentConnection old = agent.connection;
    agent.connect(first);
    cluster.commit();
    old.closed();
    agent.keepAlive();
    cluster.run(200);
    assertThat(agent.stream.all(ToAgent.Ack.class)).hasSize(1);
  }

  @Test
  void anotherAgentCantTakeASessionThatIsNotItsOwn() {
    Agent agent = cluster.member("m");
    Agent stranger = new Agent("stranger");
    stranger.connect(first, 1, agent.session());
    stranger.connection.received(new FromAgent.KeepAlive(1, new TreeMap<>()));
    cluster.commit();
    assertThat(stranger.stream.kinds(0)).containsExactly("SessionGone");
    assertThat(agent.stream.closed()).isNull();
  }

  // ------------------------------------------------------------------ gone

  @Test
  void rule13_thatASessionIsGoneIsConfirmedByARound() {
    Agent agent = cluster.agent("m");
    cluster.run(5_200);
    cluster.quorum = false;
    agent.connect(first);
    assertThat(agent.stream.sent).isEmpty();
    assertThat(agent.stream.closed()).isNull();
    cluster.quorum = true;
    cluster.commit();
    assertThat(agent.stream.kinds(0)).containsExactly("SessionGone");
    assertThat(agent.stream.closed()).isNotNull();
  }

  @Test
  void rule13_aDeposedLeaderNeverSaysThatASessionIsGone() {
    Agent agent = cluster.agent("m");
    first.cutOff = true;
    agent.connect(first, 2, agent.session() + 100);
    cluster.depose(second);
    cluster.run(1_000);
    assertThat(agent.stream.sent).isEmpty();
    cluster.tell(first);
    assertThat(agent.stream.sent).isEmpty();
    assertThat(agent.stream.closed()).isInstanceOf(Refusal.NotLeader.class);
  }

  @Test
  void anAgentWhoseSessionIsGoneOpensANewOneUnderANewNumber() {
    Agent agent = cluster.agent("m");
    cluster.run(5_200);
    agent.connect(first);
    cluster.commit();
    agent.connect(first, ++agent.streamNumber, 0);
    cluster.commit();
    assertThat(agent.stream.kinds(0)).containsExactly("Welcome", "CompleteSet");
  }

  @Test
  void anExpiryEndsTheStreamWithItsCause() {
    Agent agent = cluster.agent("m");
    cluster.run(5_200);
    assertThat(agent.stream.last(ToAgent.SessionGone.class).cause())
        .isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(agent.stream.closed()).isNotNull();
  }

  @Test
  void whatWasKnownOfAStreamEndsWithItsSession() {
    Agent agent = cluster.agent("m");
    cluster.run(5_200);
    agent.connection.closed();
    assertThat(sessionsWithoutStream()).isEmpty();
    Agent leaver = cluster.agent("n");
    leaver.connection.closed();
    assertThat(sessionsWithoutStream()).containsExactly(leaver.session());
    cluster.run(5_200);
    assertThat(first.state().sessions()).isEmpty();
    assertThat(sessionsWithoutStream()).isEmpty();
  }

  private Set<Long> sessionsWithoutStream() {
    RecordedReply<Set<Long>> reply = new RecordedReply<>();
    first.node.read(
        false, view -> Set.copyOf(((NodeView) view).notes().disconnected().keySet()), reply);
    return Objects.requireNonNull(reply.answer());
  }

  @Test
  void aLeaderThatIsDeposedEndsEveryStream() {
    Agent welcomed = cluster.member("m");
    cluster.quorum = false;
    Agent waiting = new Agent("w");
    waiting.connect(first);
    cluster.elect(second);
    LeaderHint hint = new LeaderHint(cluster.term(), "b", "b:7000");
    assertThat(welcomed.stream.closed()).isNotNull();
    assertThat(waiting.stream.closed()).isNotNull();
    welcomed.connect(second);
    cluster.quorum = true;
    cluster.commit();
    assertThat(welcomed.stream.last(ToAgent.Welcome.class).leader()).isEqualTo(hint);
  }

  // ------------------------------------------------------------------ the order of messages

  @Test
  void rule13_anOrderGoesBeforeTheAcknowledgementOfItsRound() {
    Agent agent = cluster.member("m");
    cluster.member("n");
    cluster.run(100);
    int before = agent.stream.sent.size();
    cluster.quorum = false;
    agent.keepAlive();
    first.submit(new Command.Switchover(Cluster.GROUP, 0, "", "n", 0));
    cluster.commitOne();
    assertThat(agent.stream.kinds(before)).containsExactly("Assignment", "GroupView", "Ack");
    assertThat(agent.stream.last(ToAgent.Assignment.class).leases().get(0).revokedRevision())
        .isPositive();
  }

  @Test
  void rule13_anOrderGoesBeforeTheJoinAnswerOfItsRound() {
    Agent agent = cluster.agent("m");
    int before = agent.stream.sent.size();
    agent.join(Cluster.GROUP, "m");
    cluster.commit();
    List<String> kinds = agent.stream.kinds(before);
    assertThat(kinds.indexOf("Assignment")).isLessThan(kinds.indexOf("JoinAnswer"));
    assertThat(kinds.lastIndexOf("Assignment")).isLessThan(kinds.indexOf("JoinAnswer"));
    assertThat(kinds.lastIndexOf("GroupView")).isGreaterThan(kinds.indexOf("JoinAnswer"));
  }

  @Test
  void rule13_revisionsNeverGoBackOnAStream() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    switchTo("n");
    agent.stopped(cluster.leaseThatStands().epoch());
    cluster.run(1_000, agent, other);
    List<Long> revisions =
        agent.stream.all(ToAgent.Assignment.class).stream()
            .map(ToAgent.Assignment::revision)
            .toList();
    assertThat(revisions).isSorted().hasSizeGreaterThan(2);
    assertThat(agent.stream.last(ToAgent.Ack.class).revision()).isEqualTo(first.state().revision());
  }

  @Test
  void everyMemberOfAGroupSeesWhoIsActive() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    long epoch = cluster.leaseThatStands().epoch();
    assertThat(other.stream.last(ToAgent.GroupView.class).active())
        .extracting(ToAgent.Active::member, ToAgent.Active::started)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("m", false));
    agent.connection.received(
        new FromAgent.Report(
            Cluster.GROUP,
            agent.joinRevision(),
            Readiness.READY,
            "",
            List.of(new FromAgent.SlotEpoch(0, epoch)),
            List.of(),
            List.of(),
            0,
            0));
    cluster.run(100);
    assertThat(other.stream.last(ToAgent.GroupView.class).active())
        .extracting(ToAgent.Active::started)
        .containsExactly(true);
    cluster.run(100);
    switchTo("n");
    assertThat(other.stream.last(ToAgent.GroupView.class).active()).isEmpty();
  }

  @Test
  void whatChangesWithinATickIsToldInOneViewAndTheFirstAtOnce() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    cluster.run(100);
    int before = other.stream.all(ToAgent.GroupView.class).size();

    agent.started(cluster.leaseThatStands().epoch());
    cluster.commit();
    assertThat(other.stream.all(ToAgent.GroupView.class)).hasSize(before + 1);
    switchTo("n");
    agent.stopped(cluster.leaseThatStands().epoch());
    cluster.commit();
    other.started(cluster.leaseThatStands().epoch());
    cluster.commit();
    assertThat(other.stream.all(ToAgent.GroupView.class)).hasSize(before + 1);

    cluster.run(100);
    assertThat(other.stream.all(ToAgent.GroupView.class)).hasSize(before + 2);
    assertThat(other.stream.last(ToAgent.GroupView.class).active())
        .extracting(ToAgent.Active::member, ToAgent.Active::started)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("n", true));
  }

  @Test
  void allMembersAreSentOneAndTheSameList() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    cluster.run(100);
    agent.started(cluster.leaseThatStands().epoch());
    cluster.commit();
    ToAgent.GroupView one = agent.stream.last(ToAgent.GroupView.class);
    ToAgent.GroupView another = other.stream.last(ToAgent.GroupView.class);
    assertThat(one.session()).isEqualTo(agent.session());
    assertThat(another.session()).isEqualTo(other.session());
    assertThat(another.active()).isSameAs(one.active());
  }
}
