package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Rule;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A promise that is never put to the test is not shown to hold: every listed case occurs. */
final class CoverageTest {
  @Test
  void everyInterestingCaseOccurs() {
    Coverage coverage = new Coverage();
    for (long seed : stormySeeds()) {
      coverage.add(Simulation.play(Scenario.STORMY, seed, Trace.OFF).coverage());
    }
    for (long seed = 1; seed <= 5; seed++) {
      coverage.add(Simulation.play(Scenario.AGENTS_WELL, seed, Trace.OFF).coverage());
      coverage.add(Simulation.play(Scenario.AGENTS_UNHEARD, seed, Trace.OFF).coverage());
      coverage.add(Simulation.play(Scenario.BEYOND_DRIFT, seed, Trace.OFF).coverage());
    }
    coverage.add(everyMode());
    Set<Case> never = EnumSet.allOf(Case.class);
    never.removeIf(each -> coverage.count(each) > 0);

    assertThat(never).as(coverage.toString()).isEmpty();
  }

  /** Each row of docs/failover.md decides something while faults strike. */
  @Test
  void everyRuleOfFailoverDecides() {
    Coverage coverage = everyMode();
    Set<Rule> never = EnumSet.allOf(Rule.class);
    never.removeIf(each -> each.retired() || coverage.count(each) > 0);

    assertThat(never).as(coverage.toString()).isEmpty();
  }

  private static Coverage everyMode() {
    Coverage coverage = new Coverage();
    for (long seed : everyModeSeeds()) {
      coverage.add(Simulation.play(Scenario.EVERY_MODE, seed, Trace.OFF).coverage());
    }
    return coverage;
  }

  /**
   * The last two for what is rare: a member that waits for its turn to leave a drained host, and
   * one that is not asked, or promises nothing.
   */
  private static long[] everyModeSeeds() {
    return LongStream.concat(LongStream.rangeClosed(1, 12), LongStream.of(24, 27)).toArray();
  }

  /** The last one for a race that is rare: a takeover against the old session's renewal. */
  private static long[] stormySeeds() {
    return LongStream.concat(LongStream.rangeClosed(1, 30), LongStream.of(37)).toArray();
  }

  @Test
  void whatNeverOccurredIsShownAsNone() {
    assertThat(new Coverage().toString())
        .contains("        0  crash")
        .contains("BeliefIsCovered" + System.lineSeparator())
        .contains("        0  expiry rejected, a later renewal stood");
  }
}
