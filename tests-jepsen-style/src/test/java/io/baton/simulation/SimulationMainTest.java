package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line would not do is refused, and never ends as if all were well. */
final class SimulationMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads 0                    | --threads: needs 1 to 1000, not 0",
        "--threads -1                   | --threads: needs 1 to 1000, not -1",
        "--seconds 0                    | --seconds: needs more than 0, not 0",
        "--minutes -1                   | --minutes: needs more than 0, not -1",
        "--hours 0                      | --hours: needs more than 0, not 0",
        "--hours NaN                    | --hours: needs more than 0, not NaN",
        "--hours Infinity               | --hours: needs more than 0, not Infinity",
        "--seconds                      | --seconds needs a value",
        "--seconds soon                 | --seconds needs a number: 'soon'",
        "--seconds 1 --minutes 1        | --minutes or --seconds, not both",
        "--seed -5                      | --seed: needs 0 or more, not -5",
        "--seed 1 --seed 2              | --seed is given twice",
        "--seed 1 --threads 2           | --threads is for many seeds",
        "--trace                        | --trace is for one seed",
        "--seed 1 --seconds 1 --trace   | --trace is for one seed",
        "--schedule nothing             | --schedule is for one seed",
        "--seed 1 --seconds 1 --schedule nothing | --schedule is for one seed",
        "--seed 1 --hours 1 --schedule nothing   | --schedule is for one seed",
        "--stormy --agents-well         | only one scenario: --agents-well is the second",
        "--calm                         | unknown option --calm",
      })
  void wrongUsageIsRefused(String args, String message) {
    assertThat(run(args.split(" "))).isEqualTo(SimulationMain.USAGE);
    assertThat(said(err)).contains("wrong arguments: " + message);
  }

  @Test
  void aScheduleThatDoesNotFitIsRefused() {
    assertThat(run("--seed", "1", "--schedule", "12s crash n9 for 3s"))
        .isEqualTo(SimulationMain.USAGE);
    assertThat(said(err)).contains("--schedule: ").contains("n9");
  }

  @Test
  void aSeedIsPlayedWithItsSchedule() {
    assertThat(run("--seed", "1", "--schedule", "12s crash n1 for 3s")).isZero();
    assertThat(said(out))
        .contains("seed 1: 12s crash n1 for 3s")
        .contains("        1  crash")
        .contains("no promise broken");
  }

  @Test
  void seedsArePlayedUntilThereAreEnoughHours() {
    assertThat(run("--seed", "1", "--hours", "0.2", "--threads", "1")).isZero();
    assertThat(said(out)).contains("seeds 1 to 2").contains("2 schedules");
  }

  private int run(String... args) {
    return SimulationMain.run(print(out), print(err), args);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String said(ByteArrayOutputStream what) {
    return what.toString(StandardCharsets.UTF_8);
  }
}
