package io.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally tally = new Tally("db", CheckSettings.DEFAULT.counts(2, 3));

  @Test
  void beforeEnoughLooksNothingIsKnown() {
    assertThat(tally.verdict())
        .isEqualTo(new Verdict(Verdict.State.UNKNOWN, "check db has not passed yet"));
    tally.succeeded();
    assertThat(tally.verdict().state()).isEqualTo(Verdict.State.UNKNOWN);
    tally.succeeded();
    assertThat(tally.verdict()).isEqualTo(Verdict.WELL);
  }

  @Test
  void itFallsAfterSoManyFailuresInARowWithTheReasonThatTurnedIt() {
    well();
    tally.failed("one");
    tally.failed("two");
    assertThat(tally.verdict()).isEqualTo(Verdict.WELL);
    tally.failed("three");
    assertThat(tally.verdict()).isEqualTo(new Verdict(Verdict.State.ILL, "check db: three"));
    tally.failed("four");
    assertThat(tally.verdict().why()).isEqualTo("check db: three");
  }

  @Test
  void aSuccessBetweenFailuresCountsThemAnew() {
    well();
    for (int i = 0; i < 10; i++) {
      tally.failed("one");
      tally.failed("two");
      tally.succeeded();
    }
    assertThat(tally.verdict()).isEqualTo(Verdict.WELL);
  }

  @Test
  void itRisesAgainAfterSoManySuccessesInARow() {
    for (int i = 0; i < 100; i++) {
      tally.failed("down");
    }
    tally.succeeded();
    tally.failed("down");
    tally.succeeded();
    assertThat(tally.verdict().state()).isEqualTo(Verdict.State.ILL);
    tally.succeeded();
    assertThat(tally.verdict()).isEqualTo(Verdict.WELL);
  }

  @Test
  void theWorseOfTwoVerdictsCounts() {
    Verdict unknown = new Verdict(Verdict.State.UNKNOWN, "new");
    Verdict ill = new Verdict(Verdict.State.ILL, "ill");
    assertThat(Verdict.WELL.and(unknown)).isEqualTo(unknown);
    assertThat(unknown.and(ill)).isEqualTo(ill);
    assertThat(ill.and(unknown)).isEqualTo(ill);
    assertThat(ill.and(new Verdict(Verdict.State.ILL, "later"))).isEqualTo(ill);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> CheckSettings.DEFAULT.counts(0, 1)).hasMessageContaining("rise");
    assertThatThrownBy(() -> CheckSettings.DEFAULT.every(Duration.ZERO))
        .hasMessageContaining("interval");
  }

  private void well() {
    tally.succeeded();
    tally.succeeded();
  }
}
