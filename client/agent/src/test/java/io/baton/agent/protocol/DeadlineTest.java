package io.baton.agent.protocol;

import static io.baton.agent.protocol.CoreScript.hold;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rules 11 and 12: until when a lease is valid. With a TTL of 10 s that is 8.9 s after the sending
 * of what was acknowledged.
 */
class DeadlineTest {
  private static final long LENGTH = 8_900;

  private final CoreScript script = new CoreScript().joined();

  @Test
  void aJoinCountsFromItsSending() {
    CoreScript slow = new CoreScript();
    slow.core.start(slow.now());
    slow.welcome();
    slow.sleepThrough(700);
    slow.answerJoin();
    Tenure tenure = slow.active(30);
    assertThat(tenure.remainingAt(slow.now().nanos())).isEqualTo((LENGTH - 700) * 1_000_000);
  }

  @Test
  void anAcknowledgementCountsFromTheSendingOfTheKeepaliveItEchoes() {
    Tenure tenure = script.active(30);
    script.pass(2_000);
    long echoed = script.lastKeepAlive();
    long sentAt = script.millis();
    script.pass(2_000);
    assertThat(script.lastKeepAlive()).isGreaterThan(echoed);
    script.ack(echoed);
    assertThat(script.millis() * 1_000_000 + tenure.remainingAt(script.now().nanos()))
        .isEqualTo((sentAt + LENGTH) * 1_000_000);
  }

  @Test
  void aLateAcknowledgementOfAnOlderKeepaliveLowersNothing() {
    Tenure tenure = script.active(30);
    long older = script.lastKeepAlive();
    script.pass(2_000);
    script.ackLatest();
    long remaining = tenure.remainingAt(script.now().nanos());
    script.ack(older);
    assertThat(tenure.remainingAt(script.now().nanos())).isEqualTo(remaining);
    script.sleepThrough(LENGTH - 1);
    script.core.tick(script.now());
    assertThat(script.valid(tenure)).isTrue();
  }

  @Test
  void theLeaseEndsAtItsDeadlineBothForWhoAsksAndForTheListener() {
    Tenure tenure = script.active(30);
    script.news();
    script.sleepThrough(LENGTH - 1);
    assertThat(script.valid(tenure)).isTrue();
    script.sleepThrough(1);
    assertThat(script.valid(tenure)).isFalse();
    script.core.tick(script.now());
    assertThat(script.news()).contains("onPassive 30 DEADLINE");
  }

  @Test
  void anAcknowledgementAfterTheDeadlineRevivesNothing() {
    Tenure tenure = script.active(30);
    script.sleepThrough(LENGTH);
    script.ackLatest();
    assertThat(script.valid(tenure)).isFalse();
    assertThat(tenure.cause()).isEqualTo(Cause.DEADLINE);
  }

  @Test
  void anAcknowledgementGrantsTheTtlItNames() {
    Tenure tenure = script.active(30);
    script.pass(2_000);
    long sentAt = script.millis();
    script.ttl = 20_000;
    script.ackLatest();
    assertThat(script.millis() * 1_000_000 + tenure.remainingAt(script.now().nanos()))
        .isEqualTo((sentAt + 20_000 - 200 - 2_000) * 1_000_000);
  }

  @Test
  void anAcknowledgementThatDoesNotCoverTheMembershipRenewsNothing() {
    Tenure tenure = script.active(30);
    long remaining = tenure.remainingAt(script.now().nanos());
    script.pass(2_000);
    script.receive(
        new Inbound.Ack(
            CoreScript.SESSION,
            script.revision,
            script.lastKeepAlive(),
            List.of(new Inbound.Coverage(CoreScript.GROUP, 19, 10_000))));
    assertThat(tenure.remainingAt(script.now().nanos())).isEqualTo(remaining - 2_000_000_000L);
  }

  @Test
  void keepaliveNumbersNeverRestartNotEvenInANewSession() {
    script.pass(4_500);
    long last = script.lastKeepAlive();
    script.receive(new Inbound.SessionGone(CoreScript.SESSION, script.revision, "expired"));
    script.pass(200);
    script.welcome(8);
    assertThat(script.lastKeepAlive()).isGreaterThan(last);
  }

  @Test
  void aShortTtlLosesAtLeastAQuarterOfASecond() {
    LeaseLength length = new LeaseLength(0);
    assertThat(length.deadline(0, 1_000)).isEqualTo(740_000_000L);
    assertThat(new LeaseLength(50_000_000).deadline(0, 1_000)).isEqualTo(940_000_000L);
  }

  @Test
  void theIntervalIsAFifthOfTheTtlAndTwoSecondsAtMost() {
    CoreScript brief = new CoreScript();
    brief.ttl = 1_000;
    brief.joined();
    int before = brief.sent(Outbound.KeepAlive.class).size();
    brief.pass(200);
    assertThat(brief.sent(Outbound.KeepAlive.class)).hasSize(before + 1);
    int slow = script.sent(Outbound.KeepAlive.class).size();
    script.pass(1_999);
    assertThat(script.sent(Outbound.KeepAlive.class)).hasSize(slow);
  }

  // ------------------------------------------------------------------ rule 12

  @Test
  void aSuspensionTakesItsLengthFromTheLease() {
    Tenure tenure = script.active(30);
    script.suspend(LENGTH);
    assertThat(script.valid(tenure)).isFalse();
  }

  @Test
  void whatWasSentBeforeASuspensionWasNoticedConfirmsNothing() {
    Tenure tenure = script.active(30);
    script.pass(2_000);
    long before = script.lastKeepAlive();
    long remaining = tenure.remainingAt(script.now().nanos());
    script.suspend(1_000);
    script.ack(before);
    assertThat(tenure.remainingAt(script.now().nanos())).isEqualTo(remaining - 1_000_000_000L);
  }

  @Test
  void aKeepaliveIsSentAtOnceAfterASuspensionAndConfirms() {
    Tenure tenure = script.active(30);
    long before = script.lastKeepAlive();
    script.suspend(1_000);
    script.core.tick(script.now());
    assertThat(script.lastKeepAlive()).isEqualTo(before + 1);
    script.ackLatest();
    assertThat(tenure.remainingAt(script.now().nanos())).isEqualTo(LENGTH * 1_000_000);
  }

  @Test
  void aJoinSentBeforeASuspensionGrantsNoTime() {
    CoreScript fresh = new CoreScript();
    fresh.core.start(fresh.now());
    fresh.welcome();
    fresh.suspend(100);
    fresh.answerJoin();
    fresh.news();
    fresh.receive(fresh.set(hold(30)));
    assertThat(fresh.news()).doesNotContain("onActive 30");
    fresh.ackLatest();
    assertThat(fresh.news()).contains("onActive 30");
  }
}
