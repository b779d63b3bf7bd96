package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rules 1 to 3: rounds are gathered, proposed, matched and answered. */
final class RoundsTest {
  private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NEVER = Long.MAX_VALUE;
  private static final UUID PROPOSER = new UUID(0, 1);
  private static final LeaderHint HINT = new LeaderHint(7, "b", "b:7000");

  private final MemoryLog log = new MemoryLog();
  private final Rounds rounds = new Rounds(PROPOSER, log, () -> 1_000);
  private final ClusterState state = ClusterState.empty();

  private RecordedReply<Outcome> submit() {
    return submit(new Command.OpenSession("x"));
  }

  private RecordedReply<Outcome> submit(Command command) {
    RecordedReply<Outcome> reply = new RecordedReply<>();
    rounds.submit(Request.of(command), reply);
    return reply;
  }

  private RecordedReply<Boolean> read() {
    RecordedReply<Boolean> reply = new RecordedReply<>();
    rounds.read(() -> reply.answer(true), reply::refuse);
    return reply;
  }

  private void propose(long nowNanos) {
    rounds.propose(nowNanos, GATHER);
  }

  /** Commits and applies the oldest round that waits, and answers what waited for it. */
  private void applyOne() {
    apply(log.waiting.remove());
  }

  private void apply(Round round) {
    Rounds.Answers answers = rounds.applied(state.apply(round));
    if (answers != null) {
      answers.answerReads();
      answers.answerRequests();
    }
  }

  @Test
  void rule1_aCommandStartsARoundAtOnce() {
    submit();
    propose(0);
    assertThat(log.proposed).hasSize(1);
  }

  @Test
  void rule1_aReadStartsARoundAtOnce() {
    read();
    propose(0);
    assertThat(log.lastProposed().requests()).isEmpty();
  }

  @Test
  void rule1_renewalsAloneWaitForCompanyAndNoLonger() {
    rounds.renew(new Renewal(1, 1), 0);
    rounds.renew(new Renewal(2, 1), GATHER / 2);
    propose(GATHER - 1);
    assertThat(log.proposed).isEmpty();
    assertThat(rounds.nextProposeNanos(GATHER)).isEqualTo(GATHER);
    propose(GATHER);
    assertThat(log.lastProposed().renewals()).containsExactly(new Renewal(1, 1), new Renewal(2, 1));
  }

  @Test
  void rule1_renewalsGoWithTheFirstCommand() {
    rounds.renew(new Renewal(1, 9), 0);
    submit();
    propose(1);
    assertThat(log.lastProposed().renewals()).containsExactly(new Renewal(1, 9));
    assertThat(log.lastProposed().requests()).hasSize(1);
  }

  @Test
  void rule1_aLaterKeepaliveOfASessionTakesThePlaceOfTheEarlier() {
    rounds.renew(new Renewal(1, 1), 0);
    rounds.renew(new Renewal(1, 2), 1);
    propose(GATHER);
    assertThat(log.lastProposed().renewals()).containsExactly(new Renewal(1, 2));
  }

  @Test
  void rule1_atMostEightRoundsAreInFlightAndTheNextOneFills() {
    for (int i = 0; i < 20; i++) {
      submit();
      propose(i);
    }
    assertThat(log.proposed).hasSize(8);
    applyOne();
    propose(30);
    assertThat(log.proposed).hasSize(9);
    assertThat(log.lastProposed().requests()).hasSize(12);
  }

  @Test
  void rule1_aRoundHoldsAtMost500OperationsInTheirOrder() {
    for (int i = 0; i < 501; i++) {
      submit(new Command.OpenSession("agent-" + i));
    }
    propose(0);
    assertThat(log.proposed).extracting(r -> r.requests().size()).containsExactly(500, 1);
    assertThat(log.lastProposed().requests().get(0).command())
        .isEqualTo(new Command.OpenSession("agent-500"));
  }

  @Test
  void rule1_aRoundHoldsAtMost256Kilobytes() {
    GroupSpec spec = GroupSpec.DEFAULT.withTimes(5_000, 1, 1).withUnknownFields("x".repeat(60_000));
    for (int i = 0; i < 3; i++) {
      submit(new Command.CreateGroup("g" + i, spec));
    }
    propose(0);
    assertThat(log.proposed).hasSizeGreaterThan(1);
    assertThat(log.proposed)
        .allSatisfy(r -> assertThat(60_000 * r.requests().size()).isLessThan(256 * 1024));
    assertThat(log.proposed.stream().mapToInt(r -> r.requests().size()).sum()).isEqualTo(3);
  }

  @Test
  void rule1_whatRenewalsSayCountsAmongThe256Kilobytes() {
    for (int session = 0; session < 100; session++) {
      rounds.renew(new Renewal(session, 1, progressOf(200)), 0);
    }
    submit();
    propose(GATHER);
    assertThat(log.proposed.get(0).requests()).hasSize(1);
    assertThat(log.proposed)
        .allSatisfy(r -> assertThat(groupsNamed(r)).isLessThan(256 * 1024 / 40));
    assertThat(log.proposed.stream().mapToInt(r -> r.renewals().size()).sum()).isEqualTo(100);
  }

  private static Map<String, Progress> progressOf(int groups) {
    Map<String, Progress> said = new TreeMap<>();
    for (int i = 0; i < groups; i++) {
      said.put("group-" + i, new Progress(i, -1));
    }
    return said;
  }

  private static int groupsNamed(Round round) {
    return round.renewals().stream().mapToInt(r -> r.progress().size()).sum();
  }

  @Test
  void whatARoundThatFailedSaidOfPositionsGoesWithTheNextRenewal() {
    rounds.renew(new Renewal(1, 1, Map.of("g", at(100), "h", at(7))), 0);
    propose(GATHER);
    rounds.failed(log.waiting.remove().id(), HINT);
    assertThat(rounds.nextProposeNanos(GATHER)).as("no renewal is said again").isEqualTo(NEVER);

    rounds.renew(new Renewal(1, 2, Map.of("g", at(200))), GATHER);
    propose(2 * GATHER);

    assertThat(log.lastProposed().renewals())
        .containsExactly(new Renewal(1, 2, Map.of("g", at(200), "h", at(7))));
    applyOne();
    rounds.renew(new Renewal(1, 3), 2 * GATHER);
    propose(3 * GATHER);
    assertThat(log.lastProposed().renewals()).containsExactly(new Renewal(1, 3));
  }

  @Test
  void aPositionOfARoundThatFailedIsNotSaidAfterANewerOne() {
    rounds.renew(new Renewal(1, 1, Map.of("g", at(100))), 0);
    propose(GATHER);
    rounds.renew(new Renewal(1, 2, Map.of("g", at(200))), GATHER);
    propose(2 * GATHER);
    Round older = log.waiting.remove();
    applyOne();
    rounds.failed(older.id(), HINT);

    rounds.renew(new Renewal(1, 3), 2 * GATHER);
    propose(3 * GATHER);

    assertThat(log.lastProposed().renewals()).containsExactly(new Renewal(1, 3));
  }

  private static Progress at(long position) {
    return new Progress(position, -1);
  }

  @Test
  void rule1_aFullQueueRefusesCommandsAndReadsAsNotTried() {
    List<RecordedReply<Outcome>> replies = new ArrayList<>();
    for (int i = 0; i < Rounds.MAX_WAITING; i++) {
      replies.add(submit());
    }
    assertThat(replies).allMatch(RecordedReply::open);
    assertThat(submit().refusal()).isEqualTo(new Refusal.Overloaded());
    assertThat(read().refusal()).isEqualTo(new Refusal.Overloaded());
  }

  @Test
  void rule1_renewalsAreNotStarvedByCommands() {
    rounds.renew(new Renewal(1, 1), 0);
    for (int i = 0; i < 2 * Rounds.MAX_IN_FLIGHT * Rounds.MAX_OPERATIONS; i++) {
      submit();
    }
    propose(0);
    assertThat(log.proposed.get(0).renewals()).containsExactly(new Renewal(1, 1));
    assertThat(log.proposed.get(0).requests()).hasSize(Rounds.MAX_OPERATIONS - 1);
  }

  @Test
  void rule1_commandsAreNotStarvedByRenewals() {
    for (int i = 0; i < 5_000; i++) {
      rounds.renew(new Renewal(i, 1), 0);
    }
    submit();
    propose(0);
    assertThat(log.proposed.get(0).requests()).hasSize(1);
    assertThat(log.proposed)
        .allSatisfy(
            r ->
                assertThat(r.requests().size() + r.renewals().size())
                    .isLessThanOrEqualTo(Rounds.MAX_OPERATIONS));
  }

  @Test
  void rule1_renewalsThatFoundNoRoomDontWaitForCompanyAgain() {
    for (int i = 0; i < Rounds.MAX_OPERATIONS + 1; i++) {
      rounds.renew(new Renewal(i, 1), 0);
    }
    propose(GATHER);
    assertThat(log.proposed).extracting(r -> r.renewals().size()).containsExactly(500, 1);
  }

  @Test
  void rule1_nothingAsksForAnEarlyTickWhileNoRoundMayBeProposed() {
    for (int i = 0; i < Rounds.MAX_IN_FLIGHT; i++) {
      submit();
      propose(0);
    }
    rounds.renew(new Renewal(1, 1), 0);
    assertThat(rounds.nextProposeNanos(GATHER)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void rule2_nothingIsAnsweredBeforeItsRoundIsApplied() {
    RecordedReply<Outcome> command = submit();
    RecordedReply<Boolean> read = read();
    propose(0);
    assertThat(command.open()).isTrue();
    assertThat(read.open()).isTrue();
    applyOne();
    assertThat(command.answer()).isInstanceOf(Outcome.Applied.class);
    assertThat(read.answer()).isTrue();
  }

  @Test
  void rule2_aRoundProposedBeforeTheReadArrivedDoesntAnswerIt() {
    submit();
    propose(0);
    RecordedReply<Boolean> read = read();
    applyOne();
    assertThat(read.open()).isTrue();
    propose(1);
    applyOne();
    assertThat(read.answer()).isTrue();
  }

  @Test
  void rule2_eachCommandGetsItsOwnOutcome() {
    RecordedReply<Outcome> bad = submit(new Command.DeleteGroup("nowhere", 0));
    RecordedReply<Outcome> good = submit();
    propose(0);
    applyOne();
    assertThat(bad.answer()).isInstanceOf(Outcome.Rejected.class);
    assertThat(good.answer()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void rule2_aRoundIsKnownByItsIdentityAndAForeignOneAnswersNothing() {
    RecordedReply<Outcome> reply = submit();
    propose(0);
    Round ours = log.waiting.remove();
    RoundId sameSequence = new RoundId(new UUID(0, 2), ours.id().sequence());
    apply(new Round(sameSequence, 0, List.of(), ours.requests()));
    assertThat(reply.open()).isTrue();
    apply(ours);
    assertThat(reply.answer()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void rule2_afterLeadershipIsLostWhatIsInFlightIsUnknownAndWhatWaitsWasNotTried() {
    RecordedReply<Outcome> inFlight = submit();
    RecordedReply<Boolean> readInFlight = read();
    for (int i = 0; i < Rounds.MAX_IN_FLIGHT; i++) {
      propose(i);
      submit();
    }
    propose(9);
    RecordedReply<Outcome> waiting = submit();
    RecordedReply<Boolean> readWaiting = read();
    rounds.abandon(HINT);
    assertThat(inFlight.refusal()).isEqualTo(new Refusal.OutcomeUnknown());
    assertThat(readInFlight.refusal()).isEqualTo(new Refusal.NotLeader(HINT));
    assertThat(waiting.refusal()).isEqualTo(new Refusal.NotLeader(HINT));
    assertThat(readWaiting.refusal()).isEqualTo(new Refusal.NotLeader(HINT));
  }

  @Test
  void rule2_aRoundThatIsCommittedAfterItWasGivenUpAnswersNothingMore() {
    RecordedReply<Outcome> given = submit();
    propose(0);
    rounds.abandon(HINT);
    applyOne();
    assertThat(given.answer()).isNull();
    assertThat(given.refusal()).isEqualTo(new Refusal.OutcomeUnknown());
  }

  @Test
  void rule2_aFailedProposalLeavesItsCommandsUnknownAndTheOthersInFlight() {
    RecordedReply<Outcome> failed = submit();
    propose(0);
    RecordedReply<Outcome> other = submit();
    propose(1);
    Round lost = log.waiting.remove();
    rounds.failed(lost.id(), HINT);
    rounds.failed(lost.id(), HINT);
    assertThat(failed.refusal()).isEqualTo(new Refusal.OutcomeUnknown());
    assertThat(other.open()).isTrue();
    applyOne();
    assertThat(other.answer()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void rule3_anIdleTickProposesAnEmptyRound() {
    submit();
    propose(0);
    applyOne();
    rounds.proposeIfIdle(99, 100);
    assertThat(log.proposed).hasSize(1);
    rounds.proposeIfIdle(100, 100);
    assertThat(log.proposed).hasSize(2);
    assertThat(log.lastProposed().requests()).isEmpty();
    rounds.proposeIfIdle(300, 100);
    assertThat(log.proposed).as("one in flight is enough").hasSize(2);
  }

  @Test
  void rule6_theAgeOfTheOldestRoundInFlightIsKnown() {
    submit();
    propose(10);
    submit();
    propose(20);
    assertThat(rounds.oldestUnappliedNanos(25)).isEqualTo(15);
    applyOne();
    assertThat(rounds.oldestUnappliedNanos(25)).isEqualTo(5);
    applyOne();
    assertThat(rounds.oldestUnappliedNanos(25)).isZero();
  }

  @Test
  void roundsThatFailAtOnceAreNoSignThatTheLogGoesOn() {
    submit();
    propose(100);
    rounds.failed(log.waiting.remove().id(), HINT);
    assertThat(rounds.oldestUnappliedNanos(400)).isEqualTo(300);

    submit();
    propose(500);
    applyOne();
    assertThat(rounds.oldestUnappliedNanos(900)).isZero();
  }
}
