package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is thrown in a run, by whatever code, does not lose its seed. */
final class CrashTest {
  private static final Schedule SCHEDULE = Schedule.parse("12s crash n1 for 3s");

  @Test
  void aCrashSaysHowToPlayItAgain() {
    Trace crashing =
        (at, who, what) -> {
          if (who.equals("fault")) {
            throw new IllegalStateException("boom");
          }
        };

    assertThatThrownBy(() -> Simulation.play(Scenario.STORMY, 7, SCHEDULE, crashing))
        .isInstanceOf(Crash.class)
        .hasMessage(
            "crash at 12000 ms of seed 7: java.lang.IllegalStateException: boom\n"
                + "  play it again: scripts/simulate --stormy --seed 7"
                + " --schedule '12s crash n1 for 3s'")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void anErrorIsACrashToo() {
    Trace crashing =
        (at, who, what) -> {
          throw new AssertionError("boom");
        };

    assertThatThrownBy(() -> Simulation.play(Scenario.STANDARD, 7, SCHEDULE, crashing))
        .isInstanceOf(Crash.class)
        .hasMessageContaining("--seed 7 --schedule")
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void aCrashOnAPlayersThreadIsPassedOn() {
    Crash crash =
        new Crash(new AssertionError("boom"), 0, new Replay(Scenario.STORMY, 7, SCHEDULE));
    Player player =
        new Player(
            seed -> {
              throw crash;
            },
            7,
            Scheduler.SECOND,
            1);

    assertThatThrownBy(() -> player.play(2)).isSameAs(crash);
  }

  @Test
  void whereNothingIsPlayedNothingIsShown() {
    Player player = new Player(Scenario.STANDARD, 7, -1, 1);

    assertThatThrownBy(() -> player.play(1)).hasMessage("no schedule was played");
  }
}
