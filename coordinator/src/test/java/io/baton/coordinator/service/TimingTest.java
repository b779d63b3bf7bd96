package io.baton.coordinator.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.GroupSpec;
import org.junit.jupiter.api.Test;

/** What is derived from a TTL (design §3). */
final class TimingTest {
  @Test
  void rule7_expiryIsTheTtlPlusTheDriftBound() {
    assertThat(new Timing(10).expiry(5_000)).isEqualTo(MILLISECONDS.toNanos(5_050));
    assertThat(new Timing(0).expiry(1_000)).isEqualTo(MILLISECONDS.toNanos(1_000));
  }

  @Test
  void keepalivesComeFiveTimesATtlAndAtLeastEveryTwoSeconds() {
    assertThat(Timing.keepalive(ttl(1_000))).isEqualTo(MILLISECONDS.toNanos(200));
    assertThat(Timing.keepalive(ttl(60_000))).isEqualTo(MILLISECONDS.toNanos(2_000));
  }

  @Test
  void rule9_graceIsTwoKeepalivesAndHalfASecondAndNeverMoreThanTheTtl() {
    assertThat(Timing.grace(ttl(5_000))).isEqualTo(MILLISECONDS.toNanos(2_500));
    assertThat(Timing.grace(ttl(60_000))).isEqualTo(MILLISECONDS.toNanos(4_500));
    assertThat(Timing.grace(ttl(1_000))).isEqualTo(MILLISECONDS.toNanos(900));
    assertThat(Timing.grace(ttl(500))).isEqualTo(MILLISECONDS.toNanos(500));
  }

  @Test
  void aSpecMaySayHowOftenItsMembersRenew() {
    GroupSpec seldom = GroupSpec.DEFAULT.withTtlMillis(30_000).withKeepaliveMillis(6_000);

    assertThat(Timing.keepalive(seldom)).isEqualTo(MILLISECONDS.toNanos(6_000));
    assertThat(Timing.grace(seldom)).isEqualTo(MILLISECONDS.toNanos(12_500));
  }

  private static GroupSpec ttl(long millis) {
    return GroupSpec.DEFAULT.withTtlMillis(millis);
  }

  @Test
  void rule1_renewalsGatherForAFiftiethOfTheTtlAndAtMostFiftyMilliseconds() {
    assertThat(Timing.gather(1_000)).isEqualTo(MILLISECONDS.toNanos(20));
    assertThat(Timing.gather(60_000)).isEqualTo(MILLISECONDS.toNanos(50));
  }

  @Test
  void theSafeTtlIsThreeAndAHalfSecondsByDefault() {
    assertThat(new NodeSettings("x", "a", 600, 10).safeTtlMillis()).isEqualTo(3_500);
  }
}
