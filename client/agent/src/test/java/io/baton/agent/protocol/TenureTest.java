package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static io.baton.agent.protocol.CoreScript.stop;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.protocol.Outbound.SlotEpoch;
import org.junit.jupiter.api.Test;

/** Rules 14 to 16: how a tenure begins, ends, and is reported. */
class TenureTest {
  private final CoreScript script = new CoreScript().joined();

  @Test
  void aGrantIsValidWhileOnActiveRunsAndReportedWhenItHasReturned() {
    script.receive(script.set(hold(30)));
    assertThat(script.valid(script.tenure(30))).isTrue();
    assertThat(script.sent(Outbound.Report.class)).allMatch(r -> r.started().isEmpty());
    script.onActiveReturns(30, null);
    assertThat(script.lastReport().started()).containsExactly(new SlotEpoch(0, 30));
  }

  @Test
  void aRevokedLeaseIsInvalidAtOnceAndStoppedOnlyWhenOnPassiveHasReturned() {
    Tenure tenure = script.active(30);
    script.news();
    script.receive(script.set(stop(30)));
    assertThat(script.valid(tenure)).isFalse();
    assertThat(script.news()).contains("onPassive 30 SWITCHOVER");
    assertThat(script.lastReport().stopped()).isEmpty();
    assertThat(script.lastReport().lapsed()).isEmpty();
    script.onPassiveReturns(30);
    assertThat(script.lastReport().stopped()).containsExactly(new SlotEpoch(0, 30));
  }

  @Test
  void onPassiveWaitsForAnOnActiveThatIsStillRunning() {
    script.receive(script.set(hold(30)));
    script.news();
    script.receive(script.set(stop(30)));
    assertThat(script.news()).noneMatch(line -> line.startsWith("onPassive"));
    script.onActiveReturns(30, null);
    assertThat(script.news()).contains("onPassive 30 SWITCHOVER");
  }

  @Test
  void nothingRaisesAFrozenDeadline() {
    script.active(30);
    script.receive(script.set(stop(30)));
    script.pass(2_000);
    script.ackLatest();
    script.pass(2_000);
    script.ackLatest();
    script.news();
    script.pass(4_899 + 400);
    assertThat(script.news()).doesNotContain("emergency 30");
    script.pass(1 + 200);
    assertThat(script.news()).contains("emergency 30");
  }

  @Test
  void aWaitingGrantThatIsRevokedIsStoppedWithoutACall() {
    script.active(30);
    script.receive(script.set(stop(30)));
    script.receive(script.set(hold(31)));
    script.receive(script.set(stop(31)));
    assertThat(script.lastReport().stopped()).containsExactly(new SlotEpoch(0, 31));
    script.news();
    script.onPassiveReturns(30);
    assertThat(script.news()).doesNotContain("onActive 31");
  }

  @Test
  void theNextGrantWaitsForTheLastCallbackOfTheOneBefore() {
    script.active(30);
    script.receive(script.set(stop(30)));
    script.receive(script.set(hold(31)));
    assertThat(script.news()).doesNotContain("onActive 31");
    script.onPassiveReturns(30);
    assertThat(script.news()).contains("onActive 31");
  }

  @Test
  void endingsAreSaidWithEveryKeepaliveUntilTheLeaseHasLeftItsSet() {
    script.active(30);
    script.core.resign(script.now(), CoreScript.GROUP, false, "done");
    script.onPassiveReturns(30);
    for (int i = 0; i < 3; i++) {
      int before = script.sent(Outbound.Report.class).size();
      script.ackLatest();
      script.pass(2_000);
      assertThat(script.sent(Outbound.Report.class).size()).isGreaterThan(before);
      assertThat(script.lastReport().lapsed())
          .extracting(Outbound.Lapse::cause)
          .containsExactly(Cause.RESIGNED);
      assertThat(script.lastReport().stopped()).containsExactly(new SlotEpoch(0, 30));
    }
    script.receive(script.set());
    int before = script.sent(Outbound.Report.class).size();
    script.ackLatest();
    script.pass(2_000);
    assertThat(script.sent(Outbound.Report.class)).hasSize(before);
  }

  @Test
  void aFailedPromotionIsSaidCleanedUpAndHeldBackForLongerEachTime() {
    script.receive(script.set(hold(30)));
    script.news();
    script.onActiveReturns(30, "boom");
    assertThat(script.news()).contains("onPassive 30 PROMOTION_FAILED");
    assertThat(script.lastReport().lapsed())
        .extracting(Outbound.Lapse::detail)
        .containsExactly("boom");
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.UNHEALTHY);
    script.onPassiveReturns(30);
    script.receive(script.set());
    script.pass(1_000);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);

    script.ackLatest();
    script.receive(script.set(hold(31)));
    script.onActiveReturns(31, "boom");
    script.onPassiveReturns(31);
    script.receive(script.set());
    script.pass(1_999);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.UNHEALTHY);
    script.pass(1);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void aPromotionThatTakesTooLongIsInterruptedAndGivenUp() {
    script.promote = 3_000;
    script.receive(script.set(hold(30)));
    script.pass(1_500);
    script.ackLatest();
    script.news();
    script.pass(1_500);
    assertThat(script.news()).contains("interrupt 30");
    assertThat(script.tenure(30).cause()).isEqualTo(Cause.PROMOTION_TIMEOUT);
    assertThat(script.lastReport().lapsed())
        .extracting(Outbound.Lapse::cause)
        .containsExactly(Cause.PROMOTION_TIMEOUT);
    assertThat(script.lastReport().stopped()).isEmpty();
  }

  @Test
  void aGrantThatCannotBeStartedInTimeIsGivenUp() {
    script.active(30);
    script.promote = 1_000;
    script.receive(script.set(stop(30)));
    script.receive(script.set(hold(31)));
    script.pass(1_000);
    assertThat(script.lastReport().lapsed())
        .extracting(Outbound.Lapse::cause)
        .containsExactly(Cause.PROMOTION_TIMEOUT);
    assertThat(script.lastReport().stopped()).containsExactly(new SlotEpoch(0, 31));
  }

  @Test
  void anOverrunningOnPassiveIsInterruptedAtTheDemoteDeadline() {
    script.active(30);
    script.demote = 1_500;
    script.receive(script.set(stop(30)));
    script.pass(1_499);
    assertThat(script.news()).doesNotContain("interrupt 30");
    script.pass(1);
    assertThat(script.news()).contains("interrupt 30");
  }

  @Test
  void aCallbackThatOutlivesItsLeaseIsEscalatedStepByStepWithinTheMargin() {
    CoreScript strict = new CoreScript(true).joined();
    strict.demote = 60_000;
    strict.active(30);
    strict.pass(8_899);
    strict.news();
    strict.pass(1);
    assertThat(strict.news()).contains("onPassive 30 DEADLINE").doesNotContain("interrupt 30");
    strict.pass(400);
    assertThat(strict.news()).contains("interrupt 30").doesNotContain("emergency 30");
    strict.pass(200);
    assertThat(strict.news()).contains("emergency 30").doesNotContain("halt 30");
    strict.pass(200);
    assertThat(strict.news()).contains("halt 30");
  }

  @Test
  void nothingIsHaltedUnlessConfigured() {
    script.active(30);
    script.pass(20_000);
    assertThat(script.news()).contains("emergency 30").doesNotContain("halt 30");
  }

  @Test
  void aLateWatchdogLeavesCallbacksTheirTime() {
    script.active(30);
    script.news();
    script.sleepThrough(30_000);
    script.core.tick(script.now());
    assertThat(script.news())
        .contains("onPassive 30 DEADLINE")
        .doesNotContain("interrupt 30", "emergency 30");
    script.pass(400);
    assertThat(script.news()).contains("interrupt 30").doesNotContain("emergency 30");
  }

  @Test
  void resigningHoldsTheMemberBackForASecond() {
    script.active(30);
    script.core.resign(script.now(), CoreScript.GROUP, false, "");
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
    script.onPassiveReturns(30);
    script.receive(script.set());
    script.pass(1_000);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void aLateResignationOfAnEarlierEpochLeavesThePresentOneAlone() {
    script.active(30);
    script.receive(script.set(stop(30)));
    script.onPassiveReturns(30);
    Tenure next = script.active(31);
    script.core.resign(script.now(), CoreScript.GROUP, 30, true, "late");
    assertThat(script.valid(next)).isTrue();
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
    script.core.resign(script.now(), CoreScript.GROUP, 31, false, "done");
    assertThat(script.valid(next)).isFalse();
  }

  @Test
  void aChangeOfReadinessIsReportedAndEndsNothing() {
    Tenure tenure = script.active(30);
    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.UNHEALTHY, "disk");
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.UNHEALTHY);
    assertThat(script.lastReport().detail()).isEqualTo("disk");
    assertThat(script.valid(tenure)).isTrue();
  }

  @Test
  void anotherReasonIsReportedToo() {
    script.active(30);
    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.UNHEALTHY, "disk");
    script.core.setReadiness(script.now(), CoreScript.GROUP, Readiness.UNHEALTHY, "disk, network");
    assertThat(script.lastReport().detail()).isEqualTo("disk, network");
  }

  @Test
  void aDeletedGroupIsStoppedReportedAndAskedForAgain() {
    script.active(30);
    script.news();
    script.receive(
        script.ended(Cause.GROUP_DELETED, new Inbound.Order(0, 30, Cause.GROUP_DELETED)));
    assertThat(script.news()).contains("onPassive 30 GROUP_DELETED");
    script.onPassiveReturns(30);
    assertThat(script.lastReport().stopped()).containsExactly(new SlotEpoch(0, 30));
    script.pass(100);
    assertThat(script.news()).contains("send Join");
  }

  // ------------------------------------------------------------------ the end

  @Test
  void aClosingAgentIsPassiveThenStoppedThenLeavesThenClosesItsSession() {
    script.active(30);
    script.news();
    script.core.close(script.now());
    assertThat(script.news()).contains("onPassive 30 CLOSING").doesNotContain("send Leave");
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
    script.onPassiveReturns(30);
    assertThat(script.news()).containsExactly("send Report", "send Leave", "send CloseSession");
    script.receive(new Inbound.SessionGone(CoreScript.SESSION, ++script.revision, "left"));
    assertThat(script.news()).contains("closed");
    script.pass(60_000);
    assertThat(script.news()).isEmpty();
  }

  @Test
  void aGoodbyeIsRepeatedUntilItIsHeard() {
    script.core.close(script.now());
    assertThat(script.news()).contains("send CloseSession");
    script.core.streamClosed(script.now(), script.stream, new StreamEnd.Broken("reset"));
    script.welcome(CoreScript.SESSION, script.set());
    assertThat(script.news()).contains("send Leave", "send CloseSession");
  }

  @Test
  void withNobodyToTellAClosingAgentEndsSoonAfterItsLastCallback() {
    script.active(30);
    script.core.close(script.now());
    script.pass(1_000);
    script.onPassiveReturns(30);
    script.pass(1_999);
    assertThat(script.news()).doesNotContain("closed");
    script.pass(1);
    assertThat(script.news()).contains("closed");
  }

  @Test
  void aCallbackThatHangsHoldsUpAClosingAgentForItsTimeoutAtMost() {
    script.active(30);
    script.core.close(script.now());
    script.pass(9_999);
    assertThat(script.news()).doesNotContain("closed");
    script.pass(1);
    assertThat(script.news()).contains("closed");
  }
}
