package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Plays new seeds in each build; a violation names the one that plays it again. */
final class SimulationTest {
  private static final long RUN_SECONDS = 600;

  @Property(tries = 25, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void everyPromiseHoldsUnderFaults(@ForAll @LongRange(min = 0) long seed) {
    Map<String, Long> coverage = Simulation.play(Scenario.STANDARD, seed, RUN_SECONDS, Trace.OFF);

    assertThat(coverage).as("seed %s", seed).isNotEmpty();
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void everyPromiseHoldsInAStorm(@ForAll @LongRange(min = 0) long seed) {
    Map<String, Long> coverage = Simulation.play(Scenario.STORMY, seed, RUN_SECONDS / 2, Trace.OFF);

    assertThat(coverage).as("seed %s", seed).isNotEmpty();
  }

  @Test
  void theSameSeedPlaysTheSameRun() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    Map<String, Long> coverage = Simulation.play(Scenario.STANDARD, 42, 120, recorder(first));
    Map<String, Long> again = Simulation.play(Scenario.STANDARD, 42, 120, recorder(second));

    assertThat(again).isEqualTo(coverage);
    assertThat(second).isEqualTo(first).isNotEmpty();
  }

  @Test
  void anotherSeedPlaysAnotherRun() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();

    Simulation.play(Scenario.STANDARD, 42, 120, recorder(first));
    Simulation.play(Scenario.STANDARD, 43, 120, recorder(second));

    assertThat(second).isNotEqualTo(first);
  }

  private static Trace recorder(List<String> lines) {
    return (at, who, what) -> lines.add(at + " " + who + " " + what);
  }
}
