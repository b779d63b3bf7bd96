package io.baton.jepsen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotRangesTest {
  @Test
  void neighboursAreOneRange() {
    assertThat(SlotRanges.text(List.of(7, 0, 1, 3, 2))).isEqualTo("0-3,7");
    assertThat(SlotRanges.text(List.of())).isEmpty();
    assertThat(SlotRanges.parse("0-3,7")).containsExactly(0, 1, 2, 3, 7);
  }

  @Property
  void whatIsWrittenIsRead(@ForAll Set<@IntRange(max = 2_000) Integer> slots) {
    assertThat(SlotRanges.parse(SlotRanges.text(slots))).isEqualTo(slots);
  }
}
