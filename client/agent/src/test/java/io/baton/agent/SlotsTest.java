package io.baton.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SlotsTest {
  /** Other languages have to come to the same: CRC-32C of "123456789" is 0xE3069283. */
  @Test
  void aKeysSlotIsItsChecksumModuloTheSlots() {
    assertThat(Slots.of("123456789", 1_024)).isEqualTo((int) (0xE3069283L % 1_024));
    assertThat(Slots.of("", 7)).isZero();
    assertThat(Slots.of("Zürich", 1_000)).isEqualTo(Slots.of("Zürich", 1_000));
  }

  @Property
  void everyKeyHasASlot(@ForAll String key, @ForAll @IntRange(min = 1, max = 16_384) int slots) {
    assertThat(Slots.of(key, slots)).isBetween(0, slots - 1);
  }

  @Test
  void keysAreSpreadEvenly() {
    int[] keys = new int[16];
    IntStream.range(0, 16_000).forEach(i -> keys[Slots.of("customer-" + i, 16)]++);

    assertThat(IntStream.of(keys).boxed()).allMatch(count -> count >= 800 && count <= 1_200);
  }

  @Test
  void withoutSlotsThereIsNone() {
    assertThatThrownBy(() -> Slots.of("a", 0)).hasMessageContaining("slots");
  }
}
