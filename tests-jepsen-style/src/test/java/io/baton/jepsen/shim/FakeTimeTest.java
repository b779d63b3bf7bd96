package io.baton.jepsen.shim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FakeTimeTest {
  private final FakeTime time = new FakeTime();

  @Test
  void beforeAnyChangeItIsTheTruth() {
    assertThat(time.last().fakeAt(1_234)).isEqualTo(1_234);
    assertThat(time.realAt(1_234)).isEqualTo(1_234);
  }

  @Test
  void aChangeOfRateHasNoStep() {
    time.change(1_000, 1.5, 0);
    assertThat(time.last().fakeAt(1_000)).isEqualTo(1_000);
    assertThat(time.last().fakeAt(1_100)).isEqualTo(1_150);
    time.change(1_100, 0.5, 0);
    assertThat(time.last().fakeAt(1_100)).isEqualTo(1_150);
    assertThat(time.last().fakeAt(1_200)).isEqualTo(1_200);
  }

  @Test
  void whatWasSeenIsDatedByThePieceOfItsTime() {
    time.change(1_000, 1.5, 0);
    time.change(1_100, 0.5, 0);
    assertThat(time.realAt(900)).isEqualTo(900);
    assertThat(time.realAt(1_075)).isEqualTo(1_050);
    assertThat(time.realAt(1_200)).isEqualTo(1_200);
  }

  @Test
  void whatAStepLeftOutIsDatedToTheStep() {
    time.change(1_000, 1, 500);
    assertThat(time.last().fakeAt(1_000)).isEqualTo(1_500);
    assertThat(time.realAt(1_200)).isEqualTo(1_000);
    assertThat(time.realAt(1_600)).isEqualTo(1_100);
  }

  @Test
  void whatWasSeenTwiceIsDatedToTheLaterTime() {
    time.change(1_000, 1, -300);
    assertThat(time.last().fakeAt(1_000)).isEqualTo(700);
    assertThat(time.realAt(800)).isEqualTo(1_100);
    assertThat(time.realAt(600)).isEqualTo(600);
  }
}
