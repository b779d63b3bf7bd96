package io.baton.jepsen.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CrowdsTest {
  private static final long PID = 16;

  private final Crowds crowds = new Crowds();

  /** A new coordinator that caught up with a log (torture, seed 557306617, storm 57). */
  @Test
  void aBurstIsNoLeak() {
    assertThat(lasts(true, 0)).isFalse();
    assertThat(lasts(true, 24)).isFalse();
    assertThat(lasts(false, 70)).isFalse();
    assertThat(lasts(true, 300)).isFalse();
  }

  @Test
  void whatStaysIsOne() {
    assertThat(lasts(true, 0)).isFalse();
    assertThat(lasts(true, 100)).isFalse();
    assertThat(lasts(true, 181)).isTrue();
  }

  @Test
  void eachProcessIsJudgedByItself() {
    assertThat(lasts(true, 0)).isFalse();
    assertThat(crowds.lasts(17, true, TimeUnit.SECONDS.toNanos(181))).isFalse();
  }

  private boolean lasts(boolean crowded, long seconds) {
    return crowds.lasts(PID, crowded, TimeUnit.SECONDS.toNanos(seconds));
  }
}
