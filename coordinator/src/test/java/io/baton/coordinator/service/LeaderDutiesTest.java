package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HandoverRecord;
import io.baton.coordinator.state.HistoryEvent;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rules 3, 6 to 9, 16 and 17, as a cluster of coordinators and its agents see them. */
final class LeaderDutiesTest {
  private final Cluster cluster = new Cluster(3);
  private final Server first = cluster.servers.get(0);
  private final Server second = cluster.servers.get(1);

  private boolean present(String member) {
    Group group = cluster.leader().state().group(Cluster.GROUP);
    return group != null && group.member(member) != null;
  }

  // ------------------------------------------------------------------ rule 3

  @Test
  void rule3_whileASessionExistsEveryTickHasARound() {
    Agent agent = cluster.agent("x");
    int before = first.log.proposed.size();
    cluster.run(1_000);
    assertThat(first.log.proposed.size() - before).isBetween(9, 11);
    agent.connection.received(new FromAgent.Close());
    cluster.commit();
    before = first.log.proposed.size();
    cluster.run(1_000);
    assertThat(first.log.proposed).as("nothing to judge").hasSize(before);
  }

  @Test
  void rule3_aLoweredTtlThatHasNotSettledIsADeadlineToo() {
    cluster.setTtl(2_000);
    int before = first.log.proposed.size();
    cluster.run(1_000);
    assertThat(first.log.proposed.size() - before).isBetween(9, 11);
  }

  @Test
  void rule3_aFollowerProposesNothing() {
    cluster.agent("x");
    cluster.run(1_000);
    assertThat(second.log.proposed).isEmpty();
  }

  // ------------------------------------------------------------------ rules 6 and 7

  @Test
  void rule7_aMemberThatRenewsIsNeverExpired() {
    Agent agent = cluster.member("m");
    cluster.run(30_000, agent);
    assertThat(cluster.holder()).isEqualTo("m");
    assertThat(cluster.proposed(Command.Expire.class)).isZero();
  }

  @Test
  void rule7_aSilentMemberIsExpiredAfterTtlPlusDriftAndItsLeaseMovesInTheSameRound() {
    cluster.member("m1");
    Agent other = cluster.member("m2");
    cluster.run(5_040, other);
    assertThat(cluster.holder()).isEqualTo("m1");
    cluster.run(60, other);
    assertThat(cluster.holder()).isEqualTo("m2");
    assertThat(present("m1")).isFalse();
  }

  @Test
  void rule7_theVerdictAndTheRecordSayHowLongTheSessionWasSilent() {
    Agent silent = cluster.member("m1");
    silent.started(cluster.leaseThatStands().epoch());
    cluster.commit();
    Agent other = cluster.member("m2");
    cluster.run(5_100, other);
    other.started(cluster.leaseThatStands().epoch());
    cluster.commit();

    HandoverRecord record =
        Objects.requireNonNull(cluster.history(HistoryEvent.Type.LEASE_STARTED).get(1).handover());
    assertThat(record.from()).isEqualTo("m1");
    assertThat(record.cause()).isEqualTo(Cause.SESSION_EXPIRED);
    assertThat(record.silentMillis()).isBetween(5_050L, 5_100L);
  }

  @Test
  void rule7_aSessionWithoutMembershipsLivesByTheDefaultTtl() {
    Agent agent = cluster.agent("x");
    cluster.run(5_040);
    assertThat(first.state().sessions()).hasSize(1);
    cluster.run(60);
    assertThat(first.state().sessions()).isEmpty();
    assertThat(agent.stream.last(ToAgent.SessionGone.class).session()).isEqualTo(agent.session());
  }

  @Test
  void rule7_anExpiryIsProposedOnceAtATimeAndARenewalBeforeItInTheLogMakesItVoid() {
    Agent agent = cluster.member("m");
    cluster.run(5_000);
    cluster.quorum = false;
    agent.keepAlive();
    cluster.run(200);
    assertThat(cluster.proposed(Command.Expire.class)).isEqualTo(1);
    cluster.quorum = true;
    cluster.commit();
    assertThat(cluster.holder()).isEqualTo("m");
  }

  @Test
  void rule7_anExpiryWhoseProposalFailedIsProposedAgain() {
    cluster.member("m");
    cluster.run(5_000);
    cluster.quorum = false;
    cluster.run(200);
    first.log.waiting.forEach(r -> first.node.proposalFailed(r.id()));
    first.log.waiting.clear();
    cluster.quorum = true;
    cluster.run(200);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule6_aPausedLeaderExpiresNobodyWhenItWakes() {
    Agent agent = cluster.member("m");
    cluster.run(1_000, agent);
    cluster.jump(60_000);
    cluster.commit();
    cluster.run(4_000, agent);
    assertThat(cluster.holder()).isEqualTo("m");
    assertThat(cluster.proposed(Command.Expire.class)).isZero();
  }

  @Test
  void rule6_aLeaderWithoutAQuorumExpiresNobodyAndTheLostTimeIsNotMadeUp() {
    Agent agent = cluster.member("m");
    cluster.run(1_000, agent);
    cluster.quorum = false;
    cluster.run(20_000);
    assertThat(cluster.proposed(Command.Expire.class)).isZero();
    cluster.quorum = true;
    cluster.run(3_500);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(2_000);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule6_aFollowersClockDoesntStandStillInTheGapOfALeaderChange() {
    cluster.member("m");
    cluster.run(1_000);
    cluster.quorum = false;
    cluster.run(4_200);
    cluster.quorum = true;
    cluster.elect(second);
    cluster.run(2_450);
    assertThat(cluster.holder()).as("the grace of rule 9").isEqualTo("m");
    cluster.run(150);
    assertThat(cluster.holder()).isEmpty();
  }

  // ------------------------------------------------------------------ rule 8

  @Test
  void rule8_afterALoweringNothingExpiresBeforeTheOldTtlHasPassed() {
    cluster.member("m");
    cluster.setTtl(1_000);
    cluster.run(5_000);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(200);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule8_theOldTtlCountsFromTheLoweringNotFromTheRenewal() {
    Agent agent = cluster.member("m");
    cluster.run(3_000, agent);
    cluster.setTtl(1_000);
    cluster.run(4_900, agent);
    cluster.run(150);
    assertThat(cluster.holder()).isEqualTo("m");
  }

  @Test
  void rule8_severalLoweringsHoldAtOnceEachForItself() {
    Agent agent = cluster.member("m");
    cluster.setTtl(2_000);
    cluster.run(4_000, agent);
    cluster.setTtl(1_000);
    cluster.run(2_000);
    assertThat(cluster.holder()).isEqualTo("m");
    assertThat(cluster.history(HistoryEvent.Type.TTL_SETTLED)).hasSize(1);
    cluster.run(100);
    assertThat(cluster.holder()).isEmpty();
    assertThat(cluster.history(HistoryEvent.Type.TTL_SETTLED)).hasSize(2);
  }

  @Test
  void rule8_theLongestOfSeveralHoldsCounts() {
    cluster.member("m");
    cluster.setTtl(2_000);
    cluster.setTtl(1_000);
    cluster.run(5_000);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(200);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule8_anOldTtlThatHasPassedIsSettledAndForgotten() {
    Agent agent = cluster.member("m");
    cluster.setTtl(1_000);
    cluster.run(5_000, agent);
    assertThat(cluster.history(HistoryEvent.Type.TTL_SETTLED)).isEmpty();
    cluster.run(200, agent);
    assertThat(cluster.history(HistoryEvent.Type.TTL_SETTLED)).hasSize(1);
    first.restart();
    cluster.elect(first);
    cluster.run(1_200);
    assertThat(cluster.holder()).as("a restart doesn't renew the hold").isEmpty();
  }

  @Test
  void rule8_nothingIsForcedEitherBeforeTheOldTtlHasPassed() {
    Agent agent = cluster.member("m");
    Agent other = cluster.member("n");
    cluster.setTtl(1_000);
    agent.lapsed(cluster.leaseThatStands().epoch());
    cluster.commit();
    cluster.run(5_000, agent, other);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(200, agent, other);
    assertThat(cluster.holder()).isEqualTo("n");
  }

  @Test
  void rule8_anAcknowledgementGrantsTheTtlOfItsOwnRound() {
    Agent agent = cluster.member("m");
    cluster.quorum = false;
    agent.keepAlive();
    first.submit(new Command.UpdateGroup(Cluster.GROUP, GroupSpec.DEFAULT.withTtlMillis(1_000), 0));
    cluster.quorum = true;
    cluster.run(100);
    assertThat(agent.stream.last(ToAgent.Ack.class).covered())
        .extracting(ToAgent.Coverage::ttlMillis)
        .containsExactly(1_000L);
  }

  // ------------------------------------------------------------------ rule 9

  @Test
  void rule9_aNewLeaderGivesTheLivingTimeToReconnect() {
    Agent agent = cluster.member("m");
    cluster.run(1_000, agent);
    cluster.quorum = false;
    cluster.run(4_900);
    cluster.quorum = true;
    cluster.elect(second);
    cluster.run(2_000);
    assertThat(cluster.holder()).isEqualTo("m");
    agent.connect(second);
    cluster.run(4_000, agent);
    assertThat(cluster.holder()).isEqualTo("m");
  }

  @Test
  void rule9_aHolderThatWasAlreadySilentGainsNoSecondTtl() {
    cluster.member("m");
    cluster.run(4_000);
    cluster.elect(second);
    cluster.run(2_400);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(200);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule9_aLongerDeadlineOfTheLastRenewalStands() {
    Agent agent = cluster.member("m");
    cluster.run(1_000, agent);
    cluster.elect(second);
    cluster.run(4_400);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(700);
    assertThat(cluster.holder()).isEmpty();
  }

  @Test
  void rule9_aLeaderThatHasItselfRestartedGivesAWholeTtl() {
    cluster.member("m");
    cluster.run(4_000);
    second.restart();
    cluster.elect(second);
    cluster.run(5_000);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(100);
    assertThat(cluster.holder()).isEmpty();
  }

  // ------------------------------------------------------------------ rules 16 and 17

  @Test
  void rule16_aRevokedLeaseMovesAtOnceWhenItsHolderHasStopped() {
    Agent old = cluster.member("m");
    Agent next = cluster.member("n");
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", "n", 0));
    assertThat(cluster.holder()).isEqualTo("m");
    old.stopped(cluster.leaseThatStands().epoch());
    cluster.commit();
    assertThat(cluster.holder()).isEqualTo("n");
    assertThat(next.stream.last(ToAgent.Assignment.class).leases())
        .extracting(ToAgent.Order::revokedRevision)
        .containsExactly(0L);
  }

  @Test
  void rule16_aHolderThatDoesntStopIsForcedAfterTtlPlusDriftSinceTheRevocationAndNotSooner() {
    Agent old = cluster.member("m");
    Agent next = cluster.member("n");
    cluster.run(2_000, old, next);
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", "n", 0));
    cluster.run(5_040, old, next);
    assertThat(cluster.holder()).as("it renews, but does not stop").isEqualTo("m");
    cluster.run(60, old, next);
    assertThat(cluster.holder()).isEqualTo("n");
    assertThat(present("m")).isTrue();
  }

  @Test
  void rule16_aForcedMoveNamesEpochAndRevocation() {
    Agent old = cluster.member("m");
    Agent next = cluster.member("n");
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", "n", 0));
    long epoch = cluster.leaseThatStands().epoch();
    long revoked = cluster.history(HistoryEvent.Type.LEASE_REVOKED).get(0).revision();
    cluster.run(5_100, old, next);
    assertThat(
            first.log.proposed.stream()
                .flatMap(r -> r.requests().stream())
                .map(r -> r.command())
                .filter(Command.ForceFree.class::isInstance))
        .singleElement()
        .satisfies(
            c -> {
              Command.ForceFree force = (Command.ForceFree) c;
              assertThat(force.epoch()).isEqualTo(epoch);
              assertThat(force.revokedRevision()).isEqualTo(revoked);
            });
  }

  @Test
  void rule17_theNextLeaderFinishesAnUnfinishedHandover() {
    Agent old = cluster.member("m");
    Agent next = cluster.member("n");
    cluster.accept(new Command.Switchover(Cluster.GROUP, 0, "", "n", 0));
    cluster.run(2_000, old, next);
    cluster.elect(second);
    old.connect(second);
    next.connect(second);
    cluster.run(3_000, old, next);
    assertThat(cluster.holder()).isEqualTo("m");
    cluster.run(100, old, next);
    assertThat(cluster.holder()).as("by its own note of the revocation").isEqualTo("n");
  }

  @Test
  void rule17_aPromotionThatFailedFreesTheSlotForTheNextCandidate() {
    Agent old = cluster.member("m");
    Agent next = cluster.member("n");
    long epoch = cluster.leaseThatStands().epoch();
    old.lapsed(epoch);
    old.stopped(epoch);
    cluster.run(50, old, next);
    assertThat(cluster.holder()).isEqualTo("n");
  }

  @Test
  void rule17_aDeletedGroupsNameIsFreeOnceItsLeaseHasEnded() {
    Agent old = cluster.member("m");
    cluster.accept(new Command.DeleteGroup(Cluster.GROUP, 0));
    assertThat(old.stream.last(ToAgent.Assignment.class).endedCause()).isNotNull();
    cluster.run(5_040, old);
    assertThat(first.state().groups()).containsKey(Cluster.GROUP);
    cluster.run(60, old);
    assertThat(first.state().groups()).isEmpty();
  }
}
