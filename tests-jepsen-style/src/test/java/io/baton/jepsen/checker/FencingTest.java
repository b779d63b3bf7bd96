package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FencingTest {
  private final Fencing fencing = new Fencing();

  @Test
  void aWriteUnderAnOldEpochIsLateByTheNewerOnesFirst() {
    fencing.arrived("g", 1, 0, true);
    fencing.arrived("g", 2, 1_000_000, true);
    fencing.arrived("g", 2, 5_000_000, true);
    fencing.arrived("h", 1, 6_000_000, true);
    assertThat(fencing.late()).isZero();

    fencing.arrived("g", 1, 8_000_000, false);

    assertThat(fencing.late()).isEqualTo(1);
    assertThat(fencing.words()).contains("up to 7 ms");
    assertThat(fencing.letThrough()).isEmpty();
  }

  @Test
  void aFenceThatLetsAnOldEpochThroughIsNoticed() {
    fencing.arrived("g", 2, 0, true);
    fencing.arrived("g", 1, 1, true);

    assertThat(fencing.letThrough())
        .containsExactly("g took a write under epoch 1 after one under 2");
  }
}
