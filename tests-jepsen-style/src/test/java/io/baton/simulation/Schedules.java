package io.baton.simulation;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Schedules as jqwik draws them, and shrinks them: fewer faults, earlier, shorter. */
final class Schedules {
  private Schedules() {}

  static Arbitrary<Schedule> of(Scenario scenario, int faults, int millis) {
    Arbitrary<Schedule.Timed> timed =
        Combinators.combine(
                Arbitraries.integers().between(0, millis).withDistribution(uniform()),
                Arbitraries.of(scenario.mix().kinds()),
                Arbitraries.integers().between(0, 1 << 16).withDistribution(uniform()),
                Arbitraries.integers().between(20, 1_020).withDistribution(uniform()))
            .as(
                (at, kind, choice, permille) ->
                    new Schedule.Timed(at, Fault.of(kind, scenario, choice, permille)));
    return timed.list().ofMinSize(0).ofMaxSize(faults).map(Schedule::new);
  }

  private static net.jqwik.api.RandomDistribution uniform() {
    return net.jqwik.api.RandomDistribution.uniform();
  }
}
