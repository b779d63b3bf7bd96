package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FencingTest {
  private static final SlotName G = new SlotName("g", 0);
  private static final SlotName H = new SlotName("h", 0);

  private final Fencing fencing = new Fencing();

  @Test
  void aWriteUnderAnOldEpochIsLateByTheNewerOnesFirst() {
    fencing.arrived(G, 1, 0, true);
    fencing.arrived(G, 2, 1_000_000, true);
    fencing.arrived(G, 2, 5_000_000, true);
    fencing.arrived(H, 1, 6_000_000, true);
    assertThat(fencing.late()).isZero();

    fencing.arrived(G, 1, 8_000_000, false);

    assertThat(fencing.late()).isEqualTo(1);
    assertThat(fencing.words()).contains("up to 7 ms");
    assertThat(fencing.letThrough()).isEmpty();
  }

  @Test
  void aFenceThatLetsAnOldEpochThroughIsNoticed() {
    fencing.arrived(G, 2, 0, true);
    fencing.arrived(G, 1, 1, true);

    assertThat(fencing.letThrough())
        .containsExactly("g/0 took a write under epoch 1 after one under 2");
  }

  @Test
  void eachSlotHasAFenceOfItsOwn() {
    fencing.arrived(G, 2, 0, true);
    fencing.arrived(new SlotName("g", 1), 1, 1, true);
    assertThat(fencing.late()).isZero();
    assertThat(fencing.letThrough()).isEmpty();
  }
}
