package io.baton.jepsen.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JudgementTest {
  private static final double QUIET = 1;
  private static final double BUSY = 80;

  @Test
  void timesWithinTheBoundsAreKept() {
    Judgement judgement = judged(new Bounds(100, 200), 90, 100, 180);

    assertThat(judgement.verdict()).isEqualTo(Experiment.KEPT);
  }

  @Test
  void aMedianAboveItsBoundIsAFailure() {
    assertThat(judged(Bounds.median(100), 90, 101, 180).verdict()).isEqualTo(Experiment.BROKEN);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(judged(Bounds.median(100), 90, 110).verdict()).isEqualTo(Experiment.KEPT);
    assertThat(judged(Bounds.median(99), 90, 110).verdict()).isEqualTo(Experiment.BROKEN);
  }

  @Test
  void oneTimeAboveTheMaximumIsAFailure() {
    assertThat(judged(Bounds.maximum(200), 1, 2, 201).verdict()).isEqualTo(Experiment.BROKEN);
  }

  @Test
  void aTimeMeasuredOnABusyMachineDoesNotCount() {
    Judgement judgement = judged(Bounds.maximum(200), 1, 2, 3);
    judgement.add(time(5_000), BUSY);

    assertThat(judgement.verdict()).isEqualTo(Experiment.KEPT);
  }

  @Test
  void aWarmUpDoesNotCount() {
    Judgement judgement = new Judgement(Bounds.maximum(200));
    String line = judgement.addWarmUp(time(5_000), BUSY);
    judgement.add(time(1), QUIET);

    assertThat(line).startsWith("warm-up 1 ").contains("not counted");
    assertThat(judgement.verdict()).isEqualTo(Experiment.KEPT);
  }

  @Test
  void aPromiseThatAWarmUpBreaksCounts() {
    Judgement judgement = new Judgement(Bounds.NONE);
    String line = judgement.addWarmUp(new Finding(1, "", List.of("two were active")), QUIET);

    assertThat(judgement.verdict()).isEqualTo(Experiment.BROKEN);
    assertThat(judgement.summary()).contains("BROKEN in warm-up 1: two were active");
    assertThat(line).contains("BROKEN: two were active");
  }

  @Test
  void withFewerThanThreeQuartersCountedThereIsNoVerdictOnTimes() {
    Judgement judgement = judged(Bounds.maximum(200), 1, 2_000);
    judgement.add(time(1), BUSY);

    assertThat(judgement.verdict()).isEqualTo(Experiment.TOO_BUSY);
    assertThat(judgement.summary()).contains("machine too busy to judge");
  }

  @Test
  void aBrokenPromiseIsAFailureHoweverBusyTheMachineIs() {
    Judgement judgement = new Judgement(Bounds.NONE);
    String line = judgement.add(new Finding(1, "", List.of("two were active")), BUSY);

    assertThat(judgement.verdict()).isEqualTo(Experiment.BROKEN);
    assertThat(line).contains("BROKEN: two were active");
  }

  private static Judgement judged(Bounds bounds, double... millis) {
    Judgement judgement = new Judgement(bounds);
    for (double each : millis) {
      judgement.add(time(each), QUIET);
    }
    return judgement;
  }

  private static Finding time(double millis) {
    return new Finding(millis, "", List.of());
  }
}
