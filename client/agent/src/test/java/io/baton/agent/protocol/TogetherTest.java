package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static io.baton.agent.protocol.CoreScript.stop;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.protocol.Inbound.Order;
import io.baton.agent.protocol.Outbound.SlotEpoch;
import io.baton.agent.protocol.Tenure.Phase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that takes all that begins, and all that ends, in one call. */
final class TogetherTest {
  private final CoreScript script = CoreScript.together();

  @BeforeEach
  void joined() {
    script.joined();
    script.news();
  }

  @Test
  void whatIsOrderedAtATimeBeginsInOneCall() {
    script.receive(script.set(hold(0, 30), hold(1, 31), hold(2, 32)));

    assertThat(script.news()).contains("onActive 30, 31, 32");
    assertThat(script.valid(script.tenure(32))).isTrue();
    script.onActiveReturns(30, null);
    assertThat(script.lastReport().started())
        .containsExactly(new SlotEpoch(0, 30), new SlotEpoch(1, 31), new SlotEpoch(2, 32));
  }

  @Test
  void whatIsOrderedDuringACallWaitsForItsReturn() {
    script.receive(script.set(hold(0, 30)));
    script.news();
    script.receive(script.set(hold(0, 30), hold(1, 31), hold(2, 32)));
    assertThat(script.news()).noneMatch(line -> line.startsWith("onActive"));

    script.onActiveReturns(30, null);

    assertThat(script.news()).contains("onActive 31, 32");
  }

  @Test
  void whatEndsForOneCauseEndsInOneCall() {
    active(30, 31, 32);

    script.receive(
        script.set(
            stop(0, 30, Cause.SWITCHOVER),
            stop(1, 31, Cause.REVOKED),
            stop(2, 32, Cause.SWITCHOVER)));

    assertThat(script.news()).contains("onPassive 30, 32 SWITCHOVER");
    script.onPassiveReturns(30);
    assertThat(script.lastReport().stopped())
        .containsExactly(new SlotEpoch(0, 30), new SlotEpoch(2, 32));
    assertThat(script.news()).contains("onPassive 31 REVOKED");
  }

  @Test
  void aCallThatFailsIsOneFailureWhateverItWasFor() {
    script.receive(script.set(hold(0, 30), hold(1, 31), hold(2, 32), hold(3, 33)));
    script.onActiveReturns(30, "no disk");
    script.onPassiveReturns(30);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.UNHEALTHY);

    script.receive(script.set());
    script.pass(1_000);

    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void whoFailsToStartOneSlotKeepsTheOthersAndIsNoCandidateForAWhile() {
    script.receive(script.set(hold(0, 30)));
    script.onActiveReturns(30, null);

    script.receive(script.set(hold(0, 30), hold(1, 31)));
    script.core.callbackReturned(
        script.now(), CoreScript.GROUP, 1, 31, Callback.ON_ACTIVE, "no disk");

    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
    assertThat(script.tenure(30).phase()).isEqualTo(Phase.ACTIVE);
  }

  @Test
  void aCallThatFailsGivesBackAllItWasFor() {
    script.receive(script.set(hold(0, 30), hold(1, 31)));
    script.news();

    script.onActiveReturns(30, "no disk");

    assertThat(script.news()).contains("onPassive 30, 31 PROMOTION_FAILED");
    script.onPassiveReturns(30);
    assertThat(script.lastReport().lapsed()).hasSize(2);
    assertThat(script.lastReport().stopped()).hasSize(2);
  }

  @Test
  void aCallThatIsInterruptedForTheSakeOfAnotherLeaseIsNoFailure() {
    active(30, 31, 32);
    script.receive(script.set(hold(0, 30), hold(1, 31), hold(2, 32), hold(3, 33)));
    script.receive(
        script.set(stop(0, 30, Cause.SWITCHOVER), hold(1, 31), hold(2, 32), hold(3, 33)));
    script.pass(1_900);
    script.ackLatest();
    script.pass(script.demote - 1_900);
    assertThat(script.news()).contains("interrupt 30");

    script.core.callbackReturned(
        script.now(), CoreScript.GROUP, 3, 33, Callback.ON_ACTIVE, "interrupted");

    assertThat(script.tenure(33).cause()).isEqualTo(Cause.RESIGNED);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.SYNCING);
    script.ackLatest();
    script.receive(script.set());
    script.pass(1_000);
    assertThat(script.lastReport().readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void whatThereIsToSayOfManySlotsComesInParts() {
    int slots = 2_500;
    Order[] orders = new Order[slots];
    for (int slot = 0; slot < slots; slot++) {
      orders[slot] = hold(slot, 1_000 + slot);
    }
    script.revision = 10_000;
    script.receive(script.set(orders));
    int before = script.sent(Outbound.Report.class).size();

    script.onActiveReturns(1_000, "x".repeat(2_000));
    script.onPassiveReturns(1_000);

    List<Outbound.Report> reports = script.sent(Outbound.Report.class);
    List<Outbound.Report> parts = reports.subList(before, reports.size());
    assertThat(parts).allSatisfy(TogetherTest::isSmall);
    assertThat(parts.stream().flatMap(p -> p.stopped().stream()).distinct()).hasSize(slots);
    assertThat(parts)
        .filteredOn(p -> !p.stopped().isEmpty())
        .allSatisfy(
            p ->
                assertThat(p.stopped())
                    .extracting(SlotEpoch::epoch)
                    .isEqualTo(p.lapsed().stream().map(Outbound.Lapse::epoch).toList()));
  }

  private static void isSmall(Outbound.Report part) {
    int chars = part.lapsed().stream().mapToInt(lapse -> lapse.detail().length()).sum();
    assertThat(part.lapsed()).hasSizeLessThanOrEqualTo(ReportParts.MAX_TENURES);
    assertThat(3 * chars).isLessThanOrEqualTo(ReportParts.MAX_BYTES);
  }

  @Test
  void whatIsRevokedWhileItBeginsIsStoppedAfterwardsAndTheRestGoesOn() {
    script.receive(script.set(hold(0, 30), hold(1, 31)));
    script.receive(script.set(hold(0, 30), stop(1, 31, Cause.SWITCHOVER)));
    script.news();

    script.onActiveReturns(30, null);

    assertThat(script.tenure(30).phase()).isEqualTo(Phase.ACTIVE);
    assertThat(script.news()).contains("onPassive 31 SWITCHOVER");
  }

  @Test
  void aReturnOfACallThatIsNotRunningSaysNothing() {
    script.receive(script.set(hold(0, 30), hold(1, 31)));

    script.onActiveReturns(31, null);
    script.onPassiveReturns(30);

    assertThat(script.tenure(30).phase()).isEqualTo(Phase.STARTING);
    assertThat(script.tenure(31).phase()).isEqualTo(Phase.STARTING);
  }

  private void active(long... epochs) {
    script.receive(script.set(hold(0, epochs[0]), hold(1, epochs[1]), hold(2, epochs[2])));
    script.onActiveReturns(epochs[0], null);
    script.news();
  }
}
