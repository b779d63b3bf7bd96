package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotRangesTest {
  @Test
  void neighboursAreOneRange() {
    assertThat(ranges()).isEmpty();
    assertThat(ranges(0)).isEqualTo("0");
    assertThat(ranges(0, 1, 2, 5, 7, 8)).isEqualTo("0-2,5,7-8");
  }

  @Test
  void manyRangesAreCounted() {
    assertThat(ranges(0, 2, 4, 6, 8, 9)).isEqualTo("0,2,4,6,... (6 slots)");
  }

  private static String ranges(Integer... slots) {
    return SlotRanges.of(new TreeSet<>(List.of(slots)));
  }
}
