package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.Shrinkable;

/**
 * A promise that nobody makes, that no coordinator ever takes a snapshot of another, is broken by
 * some schedules; what jqwik makes of such a one is short, and still breaks it.
 */
final class ShrinkingTest {
  private static final long SEED = 5;
  private static final int MOST_STEPS = 300;
  private static final int FEW = 3;

  @Example
  void aLongScheduleShrinksToTheFaultsThatMatter() {
    Shrinkable<Schedule> found =
        Schedules.of(Scenario.STANDARD, 24, 100_000).generator(1_000).stream(new Random(1))
            .filter(s -> s.value().faults().size() >= 12 && breaks(s.value()))
            .findFirst()
            .orElseThrow();

    Schedule shrunk = shrink(found).value();

    assertThat(breaks(shrunk)).isTrue();
    assertThat(shrunk.faults()).hasSizeLessThanOrEqualTo(FEW);
  }

  /**
   * As jqwik does: takes the first simpler one that breaks it too, again and again; here until few
   * faults are left, since their times could be made simpler for minutes.
   */
  private static Shrinkable<Schedule> shrink(Shrinkable<Schedule> from) {
    Shrinkable<Schedule> best = from;
    for (int step = 0; step < MOST_STEPS && best.value().faults().size() > FEW; step++) {
      Optional<Shrinkable<Schedule>> simpler =
          best.shrink().filter(s -> breaks(s.value())).findFirst();
      if (simpler.isEmpty()) {
        return best;
      }
      best = simpler.get();
    }
    return best;
  }

  private static boolean breaks(Schedule schedule) {
    Coverage coverage = Simulation.play(Scenario.STANDARD, SEED, schedule, Trace.OFF).coverage();
    return coverage.count(Case.SNAPSHOT_INSTALLED) > 0;
  }
}
