package io.baton.jepsen.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CheckTest {
  @Test
  void oneThatLookedOftenEnoughAndFoundNothingHasPassed() {
    assertThat(Check.judged("watch", "events", 3, 3, 0).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void oneThatFoundSomethingHasFailed() {
    assertThat(Check.judged("watch", "events", 300, 3, 1).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void oneThatLookedTooSeldomHasFailed() {
    assertThat(Check.judged("watch", "events", 2, 3, 0).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(Check.judged("watch", "events", 0, 0, 0).verdict()).isEqualTo(Verdict.FAILED);
  }
}
