package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RefusalsTest {
  private final Refusals refusals = new Refusals();

  @Test
  void aWriteUnderAnOldEpochIsLateByTheNewerOnesFirst() {
    refusals.arrived("g", 1, 0);
    refusals.arrived("g", 2, 1_000_000);
    refusals.arrived("g", 2, 5_000_000);
    refusals.arrived("h", 1, 6_000_000);
    assertThat(refusals.late()).isZero();

    refusals.arrived("g", 1, 8_000_000);

    assertThat(refusals.late()).isEqualTo(1);
    assertThat(refusals.words()).contains("up to 7 ms");
  }
}
