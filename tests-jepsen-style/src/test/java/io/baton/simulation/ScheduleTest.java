package io.baton.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "crash",
        "12s",
        "14s switchover;",
        "12s crash n1",
        "12s crash for 3s",
        "12s crash n1 since 3s",
        "12s crash n1 n2 for 3s",
        "12s crash n1 for 0s",
        "12s crash n1 for -3s",
        "12s crash n1 for 3",
        "12s crash n1 for 3e3s",
        "12s crash n1 for 0.0001s",
        "-12s switchover",
        "12s switchover n1 whatever",
        "12s depose times 0",
        "12s depose times many",
        "12s ttl to 0.5s",
        "12s ttl to 60s"
      })
  void whatIsNotWrittenLikeAFaultIsRefused(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScheduleWithoutFaultsSaysSo() {
    assertThat(new Schedule(List.of())).hasToString("nothing");
    assertThat(Schedule.parse("nothing").faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12s crash n4 for 3s",
        "12s crash group for 3s",
        "12s power-off m1 for 3s",
        "12s reset n1",
        "12s cut n1-m1 for 3s",
        "12s cut n1 for 3s",
        "12s unplug n1-n2 for 3s",
        "12s unplug m1-m2 for 3s"
      })
  void nobodyIsStruckWhoIsNotThere(String text) {
    Schedule schedule = Schedule.parse(text);

    assertThatThrownBy(() -> schedule.checked(Scenario.STANDARD))
        .hasMessageContaining("nothing to ");
  }

  @Test
  void aScenarioKeepsItsPremises() {
    Schedule schedule = Schedule.parse("12s switchover; 14s cut n1>n3 for 2s");

    assertThat(schedule.checked(Scenario.STANDARD)).isSameAs(schedule);
    assertThatThrownBy(() -> schedule.checked(Scenario.AGENTS_WELL))
        .hasMessageContaining("no switchover");
  }

  @Property(seed = "4", tries = 100)
  void whatIsDrawnFits(@ForAll("schedules") Schedule schedule) {
    assertThat(schedule.checked(Scenario.STORMY)).isSameAs(schedule);
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
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(Set.copyOf(Mix.ALL.kinds()));
  }

  @Test
  void groupsOfEveryModeMeetEveryFault() {
    assertThat(Set.copyOf(Scenario.EVERY_MODE.mix().kinds()))
        .containsExactlyInAnyOrder(Fault.Kind.values());
  }
}
