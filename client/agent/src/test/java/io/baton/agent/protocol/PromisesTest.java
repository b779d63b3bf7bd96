package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What a member promises to an active of its group: with the drift bound, it keeps it for 2.02 s.
 */
class PromisesTest {
  private static final long KEPT = 2_020;

  private final CoreScript script = new CoreScript();

  private Promise asked(long epoch) {
    return script.asked("cluster", CoreScript.GROUP, "incarnation", epoch);
  }

  @Test
  void whoPromisesStartsNothingMeanwhile() {
    script.joined();
    script.pass(5_000);
    assertThat(asked(30).millis()).isEqualTo(2_000);
    script.ackLatest();

    script.receive(script.set(hold(31)));
    script.pass(KEPT - 1);
    assertThat(script.news()).doesNotContain("onActive 31");
    script.pass(1);

    assertThat(script.news()).contains("onActive 31");
  }

  @Test
  void thatTimeIsNotTakenFromThePromotion() {
    script.promote = 1_000;
    script.joined();
    assertThat(asked(30).millis()).isEqualTo(2_000);

    script.receive(script.set(hold(31)));
    script.pass(KEPT + 999);

    assertThat(script.tenure(31).phase()).isEqualTo(Tenure.Phase.STARTING);
  }

  @Test
  void whoIsActiveOrAboutToBePromisesNothing() {
    script.joined();
    asked(30);
    script.receive(script.set(hold(31)));
    assertThat(asked(30).millis()).isZero();
    script.pass(KEPT);
    script.onActiveReturns(31, null);
    assertThat(asked(30).millis()).isZero();

    script.receive(script.set(CoreScript.stop(31)));
    assertThat(asked(40).refusal()).contains("not quite passive");
    script.onPassiveReturns(31);

    assertThat(asked(30).refusal()).isEqualTo("there was a later epoch: 31");
    assertThat(asked(40).millis()).isEqualTo(2_000);
  }

  @Test
  void onlyTheProcessThatIsAskedPromises() {
    assertThat(asked(30).refusal()).isEqualTo("not running");
    script.joined();

    assertThat(script.asked("cluster", CoreScript.GROUP, "another", 30).millis()).isZero();
    assertThat(script.asked("another", CoreScript.GROUP, "incarnation", 30).millis()).isZero();
    assertThat(script.asked("cluster", "another", "incarnation", 30).millis()).isZero();
    assertThat(asked(30).millis()).isEqualTo(2_000);
    script.core.close(script.now());
    assertThat(asked(30).millis()).isZero();
  }

  @Test
  void whatItsPredecessorsMayHavePromisedIsKeptWhereSomebodyMayRelyOnIt() {
    script.peers = new Inbound.Peers(PeerList.NONE, PeerList.NONE, true);
    script.joined();
    script.pass(500);

    script.receive(script.set(hold(31)));
    script.pass(KEPT - 501);
    assertThat(script.news()).doesNotContain("onActive 31");
    script.pass(1);

    assertThat(script.news()).contains("onActive 31");
  }

  @Test
  void aLeapOfTheClockMakesNoPromiseShorter() {
    script.joined();
    asked(30);

    script.suspend(10_000);
    script.core.tick(script.now());
    script.ackLatest();
    script.pass(1_000);
    script.ackLatest();
    script.receive(script.set(hold(31)));
    script.pass(KEPT - 1_001);
    assertThat(script.news()).doesNotContain("onActive 31");
    script.pass(1);

    assertThat(script.news()).contains("onActive 31");
  }
}
