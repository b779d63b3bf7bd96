package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Schedules are data: drawn, written down, and read again. */
final class ScheduleTest {
  @Property(seed = "3", tries = 200)
  void whatIsWrittenIsReadAgain(@ForAll("schedules") Schedule schedule) {
    assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedules.of(Scenario.STORMY, 40, 600_000);
  }

  @Test
  void aScheduleReadsAsPeopleWouldSayIt() {
    Schedule schedule =
        Schedule.parse("12.5s crash n1 for 3s; 14s switchover; 15s ttl to 1s; 16s depose times 4");

    assertThat(schedule.faults())
        .containsExactly(
            new Schedule.Timed(12_500, new Fault(Fault.Kind.CRASH, "n1", 3_000)),
            new Schedule.Timed(14_000, new Fault(Fault.Kind.SWITCHOVER, "", 0)),
            new Schedule.Timed(15_000, new Fault(Fault.Kind.TTL, "", 1_000)),
            new Schedule.Timed(16_000, new Fault(Fault.Kind.DEPOSE, "", 4)));
    assertThat(schedule.endMillis()).isEqualTo(26_000);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> Schedule.parse("12.5s smash n1 for 3s"))
        .hasMessageContaining("unknown fault: smash");
    assertThatThrownBy(() -> Schedule.parse("12.5 crash n1 for 3s"))
        .hasMessageContaining("12.5s: 12.5");
  }

  @Test
  void theStandardScenarioHasAFaultEveryTenSeconds() {
    long faults = 0;
    Set<Fault.Kind> kinds = new HashSet<>();
    for (long seed = 1; seed <= 500; seed++) {
      Schedule drawn = Schedule.draw(Scenario.STANDARD, seed, Simulation.RUN_MILLIS);
      faults += drawn.faults().size();
      drawn.faults().forEach(each -> kinds.add(each.fault().kind()));
    }

    assertThat(500.0 * Simulation.RUN_MILLIS / faults).isBetween(9_500.0, 10_500.0);
    assertThat(kinds).containsExactlyInAnyOrder(Fault.Kind.values());
  }
}
