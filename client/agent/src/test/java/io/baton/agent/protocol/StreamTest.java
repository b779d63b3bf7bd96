package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static io.baton.agent.protocol.CoreScript.stop;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 13: which stream, which revision and which session count. */
class StreamTest {
  private final CoreScript script = new CoreScript().joined();

  @Test
  void theFirstStreamAsksForASessionAndWaitsForTheWelcome() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    assertThat(fresh.news()).containsExactly("open stream 1, session 0");
    fresh.welcome();
    assertThat(fresh.news()).containsExactly("send KeepAlive", "send Join");
  }

  @Test
  void anAssignmentBeforeTheJoinAnswerIsKeptUntilTheMembershipIsKnown() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    fresh.welcome();
    fresh.receive(fresh.set(hold(30)));
    assertThat(fresh.news()).doesNotContain("onActive 30");
    fresh.answerJoin();
    assertThat(fresh.news()).contains("onActive 30");
  }

  @Test
  void ordersOfALowerRevisionAreDropped() {
    script.active(30);
    script.revision += 10;
    script.ackLatest();
    script.receive(script.set(script.revision - 1));
    assertThat(script.tenure(30).phase()).isEqualTo(Tenure.Phase.ACTIVE);
  }

  @Test
  void ordersOfAnotherSessionAreDropped() {
    script.receive(
        new Inbound.Assignment(
            99,
            1_000,
            CoreScript.GROUP,
            CoreScript.JOIN_REVISION,
            10_000,
            1,
            1,
            0,
            CoordinatorLoss.STOP,
            Inbound.Peers.NONE,
            List.of(hold(30)),
            null,
            List.of()));
    assertThat(script.core.tenures()).isEmpty();
  }

  @Test
  void anOlderStreamIsOfNoInterest() {
    Tenure tenure = script.active(30);
    long old = script.stream;
    script.core.streamClosed(script.now(), old, new StreamEnd.Broken("reset"));
    script.pass(200);
    assertThat(script.stream).isGreaterThan(old);
    script.core.received(script.now(), old, script.set());
    script.core.received(
        script.now(),
        old,
        new Inbound.Ack(
            CoreScript.SESSION,
            script.revision,
            script.lastKeepAlive(),
            List.of(new Inbound.Coverage(CoreScript.GROUP, CoreScript.JOIN_REVISION, 90_000))));
    assertThat(tenure.phase()).isEqualTo(Tenure.Phase.ACTIVE);
    assertThat(tenure.remainingAt(script.now().nanos())).isLessThan(9_000_000_000L);
  }

  @Test
  void aNewStreamResumesTheSessionAndSendsAKeepaliveAtOnce() {
    script.news();
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("reset"));
    assertThat(script.news()).containsExactly("open stream 2, session 7", "send KeepAlive");
  }

  @Test
  void whatACompleteSetDoesNotNameIsLost() {
    script.active(30);
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("reset"));
    script.news();
    script.welcome();
    assertThat(script.news()).contains("onPassive 30 LOST");
    script.pass(200);
    assertThat(script.news()).contains("send Join");
  }

  @Test
  void aMembershipWhoseAnswerWasLostIsAdoptedFromTheCompleteSet() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    fresh.welcome();
    fresh.core.streamClosed(fresh.now(), fresh.stream, new StreamEnd.Broken("reset"));
    int joins = fresh.sent(Outbound.Join.class).size();
    fresh.welcome(CoreScript.SESSION, fresh.set(hold(30)));
    fresh.ackLatest();
    assertThat(fresh.news()).contains("onActive 30");
    assertThat(fresh.sent(Outbound.Join.class)).hasSize(joins);
  }

  @Test
  void neverActiveTwiceUnderOneEpoch() {
    script.active(30);
    script.receive(script.set());
    script.onPassiveReturns(30);
    script.news();
    script.receive(script.set(hold(30)));
    assertThat(script.news()).doesNotContain("onActive 30");
    assertThat(script.lastReport().stopped()).contains(new Outbound.SlotEpoch(0, 30));
    assertThat(script.lastReport().lapsed()).extracting(Outbound.Lapse::epoch).contains(30L);
  }

  @Test
  void twoIntervalsWithoutAnAcknowledgementEndTheStream() {
    script.ackLatest();
    script.news();
    script.pass(3_999);
    assertThat(script.news()).doesNotContain("close stream 1");
    script.pass(1);
    assertThat(script.news()).containsSubsequence("give up stream 1", "open stream 2, session 7");
  }

  @Test
  void aStreamThatIsNeverWelcomedIsGivenUpAgainAndAgain() {
    CoreScript brief = new CoreScript();
    brief.ttl = 1_000;
    brief.joined();
    brief.news();
    brief.pass(6_000);
    assertThat(brief.news().stream().filter(line -> line.startsWith("open"))).hasSizeGreaterThan(7);
  }

  /** Each works until it brings what is too much, and so will the next. */
  @Test
  void streamsThatAreTooMuchForTheirCoordinatorAreOpenedMoreAndMoreSlowly() {
    script.news();
    for (int i = 0; i < 6; i++) {
      script.core.streamClosed(script.now(), script.stream, new StreamEnd.Overloaded("too much"));
      assertThat(script.news()).noneMatch(line -> line.startsWith("open"));
      awaitOpened();
      script.welcome(CoreScript.SESSION, script.set());
      script.ackLatest();
    }
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Overloaded("too much"));
    script.news();

    script.pass(249);
    assertThat(script.news()).noneMatch(line -> line.startsWith("open"));
    script.pass(252);
    assertThat(script.news()).anyMatch(line -> line.startsWith("open"));
  }

  private void awaitOpened() {
    long before = script.stream;
    for (int i = 0; script.stream == before && i < 600; i++) {
      script.pass(1);
    }
    script.news();
  }

  @Test
  void aGroupMaySayHowOftenItIsRenewed() {
    script.keepalive = 3_000;
    script.receive(script.set());
    script.ackLatest();
    script.news();
    script.pass(2_900);
    assertThat(script.news()).doesNotContain("send KeepAlive");
    script.pass(200);
    assertThat(script.news()).contains("send KeepAlive");
  }

  @Test
  void timeTheProcessItselfDidNotRunIsNoSilence() {
    script.ackLatest();
    script.news();
    script.pass(1);
    script.sleepThrough(6_000);
    script.core.tick(script.now());
    assertThat(script.news()).doesNotContain("give up stream 1").contains("send KeepAlive");
  }

  @Test
  void aHintOfAHigherTermIsFollowedAtOnceAndALowerOneNever() {
    script.news();
    script.core.leaderHint(script.now(), new LeaderHint(5, "n9:1", List.of()));
    assertThat(script.address).isEqualTo("n9:1");
    script.core.leaderHint(script.now(), new LeaderHint(4, "n8:1", List.of()));
    assertThat(script.address).isEqualTo("n9:1");
  }

  @Test
  void aLeaderThatFailedIsNotTriedAgainOnTheWordOfTheSameTerm() {
    script.core.leaderHint(script.now(), new LeaderHint(5, "n9:1", List.of()));
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("refused"));
    script.pass(150);
    assertThat(script.address).isNotEqualTo("n9:1");
    script.core.streamClosed(
        script.now(), script.stream, new StreamEnd.NotLeader(new LeaderHint(5, "n9:1", List.of())));
    script.pass(150);
    assertThat(script.address).isNotEqualTo("n9:1");
  }

  @Test
  void aNewLeaderThatDoesNotServeYetIsAskedAgainAndNobodyElse() {
    LeaderHint itself = new LeaderHint(5, "n9:1", List.of());
    script.core.leaderHint(script.now(), itself);
    for (int i = 0; i < 5; i++) {
      script.news();
      script.core.streamClosed(script.now(), script.stream, new StreamEnd.NotLeader(itself));
      script.pass(100);
      assertThat(script.news()).anyMatch(line -> line.startsWith("open"));
      assertThat(script.address).isEqualTo("n9:1");
    }
  }

  @Test
  void aCoordinatorThatFellSilentHasNoTurnForAWhile() {
    String silent = script.address;
    script.ackLatest();
    script.pass(4_000);
    for (int i = 0; i < 8; i++) {
      assertThat(script.address).isNotEqualTo(silent);
      script.core.streamClosed(
          script.now(), script.stream, new StreamEnd.NotLeader(new LeaderHint(0, "", List.of())));
      script.pass(100);
    }
    Set<String> tried = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      script.core.streamClosed(
          script.now(), script.stream, new StreamEnd.NotLeader(new LeaderHint(0, "", List.of())));
      script.pass(300);
      tried.add(script.address);
    }
    assertThat(tried).contains(silent);
  }

  @Test
  void duringAChangeOfLeaderItTriesManyTimesASecond() {
    script.news();
    for (int i = 0; i < 10; i++) {
      script.core.streamClosed(
          script.now(), script.stream, new StreamEnd.NotLeader(new LeaderHint(0, "", List.of())));
      script.pass(100);
    }
    assertThat(script.news().stream().filter(line -> line.startsWith("open")))
        .hasSizeGreaterThan(9);
  }

  @Test
  void withoutAnybodyToReachItSlowsDownButNeverStops() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    assertThat(openedInAMinuteOfRefusals(fresh)).isBetween(25L, 100L);
  }

  @Test
  void withASessionToLoseItGoesOnTryingTwiceASecond() {
    assertThat(openedInAMinuteOfRefusals(script)).isGreaterThan(120);
  }

  private static long openedInAMinuteOfRefusals(CoreScript script) {
    script.news();
    for (int i = 0; i < 600; i++) {
      script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("refused"));
      script.pass(100);
    }
    return script.news().stream().filter(line -> line.startsWith("open")).count();
  }

  /** After a long outage, too: the first leader is named before it is ready to serve. */
  @Test
  void aNewLeaderThatIsNotReadyYetIsTriedAgainQuickly() {
    for (int i = 0; i < 600; i++) {
      script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("refused"));
      script.pass(100);
    }
    LeaderHint leader = new LeaderHint(5, "n2:1", List.of());
    script.core.leaderHint(script.now(), leader);
    script.news();
    for (int i = 0; i < 5; i++) {
      script.core.streamClosed(script.now(), script.stream, new StreamEnd.NotLeader(leader));
      script.pass(100);
    }
    assertThat(script.news().stream().filter(line -> line.startsWith("open"))).hasSize(5);
  }

  @Test
  void onlyARefusalByEveryCoordinatorIsTriedAgainSlowly() {
    for (int i = 0; i < 3; i++) {
      script.core.streamClosed(
          script.now(), script.stream, new StreamEnd.Refused("this is cluster other"));
      assertThat(script.news()).contains("problem this is cluster other");
      script.pass(100);
    }
    assertThat(script.news()).noneMatch(line -> line.startsWith("open"));
    script.pass(2_300);
    assertThat(script.news()).noneMatch(line -> line.startsWith("open"));
    script.pass(2_700);
    assertThat(script.news()).anyMatch(line -> line.startsWith("open"));
  }

  @Test
  void aForeignClusterOfAHigherTermDoesNotCaptureTheAgent() {
    LeaderHint foreign = new LeaderHint(50, "f1:1", List.of("f1:1", "f2:1"));
    script.core.leaderHint(script.now(), foreign);
    assertThat(script.address).isEqualTo("f1:1");
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Refused("cluster other"));
    assertThat(script.core.coordinators()).containsExactly("n1:1", "n2:1", "n3:1");
    script.pass(100);
    assertThat(script.address).startsWith("n");
    script.welcome();
    script.core.leaderHint(script.now(), new LeaderHint(2, "n9:1", List.of()));
    assertThat(script.address).isEqualTo("n9:1");
  }

  @Test
  void aHintOfAnotherClusterIsIgnoredWhateverItsTerm() {
    String own = script.address;
    script.core.leaderHint(
        script.now(), new LeaderHint("other", 50, "f1:1", 0, List.of("f1:1", "f2:1")));
    assertThat(script.address).isEqualTo(own);
    assertThat(script.core.coordinators()).containsExactly("n1:1", "n2:1", "n3:1");
    script.core.leaderHint(script.now(), new LeaderHint("cluster", 2, "n9:1", 0, List.of()));
    assertThat(script.address).isEqualTo("n9:1");
  }

  /** Coordinators are replaced one by one while the leader stays. */
  @Test
  void theNewestListOfCoordinatorsCountsWhateverItsTerm() {
    script.welcome();
    script.core.leaderHint(
        script.now(), new LeaderHint("cluster", 1, script.address, 30, List.of("n4:1", "n5:1")));
    assertThat(script.core.coordinators()).contains("n4:1", "n5:1");

    script.core.leaderHint(
        script.now(), new LeaderHint("cluster", 1, script.address, 20, List.of("n2:1")));
    assertThat(script.core.coordinators()).as("an older one").contains("n4:1", "n5:1");
  }

  @Test
  void aRefusalByAnotherClustersFollowerLeadsNowhere() {
    script.core.streamClosed(
        script.now(),
        script.stream,
        new StreamEnd.NotLeader(new LeaderHint("other", 50, "f1:1", 0, List.of())));
    for (int i = 0; i < 5; i++) {
      script.pass(100);
      assertThat(script.address).startsWith("n");
    }
    script.core.leaderHint(script.now(), new LeaderHint("cluster", 2, "n9:1", 0, List.of()));
    assertThat(script.address).isEqualTo("n9:1");
  }

  @Test
  void aSessionThatIsGoneIsReplacedAndJoinedAgain() {
    script.active(30);
    script.news();
    script.receive(new Inbound.SessionGone(CoreScript.SESSION, ++script.revision, "expired"));
    script.pass(150);
    assertThat(script.news()).contains("onPassive 30 LOST", "open stream 2, session 0");
    script.welcome(8);
    script.pass(200);
    assertThat(script.news()).contains("send Join");
  }

  @Test
  void aWelcomeToAnotherSessionEndsWhatTheOldOneHeldAtOnce() {
    script.active(30);
    script.news();
    script.receive(new Inbound.Welcome("cluster", 8, 10, 5_000, new LeaderHint(1, "", List.of())));
    assertThat(script.news()).contains("onPassive 30 LOST");
  }

  @Test
  void anUnknownGroupIsAskedForAgainAndSaidOnce() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    fresh.welcome();
    for (int i = 0; i < 3; i++) {
      fresh.refuseJoin(Inbound.JoinRefused.Reason.NOT_FOUND);
      fresh.ackLatest();
      fresh.pass(1_000);
      fresh.ackLatest();
      fresh.pass(1_001);
    }
    assertThat(fresh.sent(Outbound.Join.class)).hasSize(4);
    assertThat(fresh.news().stream().filter(line -> line.startsWith("problem"))).hasSize(1);
  }

  @Test
  void aLeaseOfAnEarlierMembershipIsNotCalledStoppedWhileItsCallbackRuns() {
    script.active(30);
    script.receive(script.ended(Cause.REVOKED, stop(30)));
    assertThat(script.news()).contains("onPassive 30 SWITCHOVER");
    script.pass(100);
    long again = ++script.revision;
    script.receive(
        new Inbound.JoinAnswer(
            CoreScript.SESSION,
            again,
            script.lastJoin().joinId(),
            CoreScript.GROUP,
            new Inbound.Coverage(CoreScript.GROUP, again, 10_000),
            null));
    script.receive(
        new Inbound.Assignment(
            CoreScript.SESSION,
            again,
            CoreScript.GROUP,
            again,
            10_000,
            1_000,
            1_000,
            0,
            CoordinatorLoss.STOP,
            Inbound.Peers.NONE,
            List.of(stop(30)),
            null,
            List.of()));
    assertThat(script.sent(Outbound.Report.class)).allMatch(report -> report.stopped().isEmpty());
    script.onPassiveReturns(30);
    assertThat(script.lastReport().stopped()).containsExactly(new Outbound.SlotEpoch(0, 30));
    assertThat(script.lastReport().joinRevision()).isEqualTo(again);
  }
}
