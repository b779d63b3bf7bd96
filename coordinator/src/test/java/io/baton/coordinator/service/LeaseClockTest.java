package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 6: lease time is monotonic time minus what was lost. */
final class LeaseClockTest {
  private static final long START = 1_000;

  private final LeaseClock clock = new LeaseClock(START);

  private long at(long millis, boolean stalled) {
    long lease = clock.advance(START + TimeUnit.MILLISECONDS.toNanos(millis), stalled);
    return TimeUnit.NANOSECONDS.toMillis(lease);
  }

  @Test
  void rule6_itGoesWithMonotonicTimeWhileTicksComeInTime() {
    assertThat(at(100, false)).isEqualTo(100);
    assertThat(at(150, false)).isEqualTo(150);
    assertThat(at(350, false)).isEqualTo(350);
  }

  @Test
  void rule6_aPauseCountsAsTwoTicksAndIsNeverMadeUp() {
    at(100, false);
    assertThat(at(10_100, false)).isEqualTo(300);
    assertThat(at(10_200, false)).isEqualTo(400);
  }

  @Test
  void rule6_itStandsStillInAStallAndTheStallIsNeverMadeUp() {
    at(100, false);
    assertThat(at(200, true)).isEqualTo(100);
    assertThat(at(300, true)).isEqualTo(100);
    assertThat(at(400, false)).isEqualTo(200);
  }

  @Test
  void rule6_aTickerThatGoesBackDoesntLetTimeCountTwice() {
    at(100, false);
    assertThat(at(50, false)).isEqualTo(100);
    assertThat(at(150, false)).isEqualTo(150);
  }
}
