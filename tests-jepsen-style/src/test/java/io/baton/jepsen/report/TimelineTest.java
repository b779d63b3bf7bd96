package io.baton.jepsen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private static final Check PASSED = new Check("a", "", 1, Verdict.PASSED, "");
  private static final Check FAILED = new Check("b", "", 1, Verdict.FAILED, "");
  private static final Check SKIPPED = new Check("c", "", 0, Verdict.SKIPPED, "");

  private static Verdict verdict(List<Check> checks, List<Mark> marks) {
    return new Timeline("t", 10, List.of(), checks, List.of(), List.of(), marks).verdict();
  }

  @Test
  void oneFailedCheckFailsTheRun() {
    assertThat(verdict(List.of(PASSED, FAILED, SKIPPED), List.of())).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aMarkFailsTheRunWhateverTheChecksSay() {
    assertThat(verdict(List.of(PASSED), List.of(new Mark("a", "", 1, 1))))
        .isEqualTo(Verdict.FAILED);
  }

  @Test
  void oneCheckThatLookedIsEnoughToPass() {
    assertThat(verdict(List.of(PASSED, SKIPPED), List.of())).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aRunThatJudgedNothingHasNotPassed() {
    assertThat(verdict(List.of(), List.of())).isEqualTo(Verdict.SKIPPED);
    assertThat(verdict(List.of(SKIPPED), List.of())).isEqualTo(Verdict.SKIPPED);
  }

  @Test
  void nothingEndsBeforeItBegins() {
    assertThatThrownBy(() -> new Bar(2, 1, BarKind.DOWN, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Band("f", "", 2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mark("c", "", 2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Bar(2, 2, BarKind.DOWN, "", "").untilNanos()).isEqualTo(2);
  }
}
