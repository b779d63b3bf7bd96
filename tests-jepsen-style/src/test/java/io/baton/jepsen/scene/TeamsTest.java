package io.baton.jepsen.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TeamsTest {
  private static final List<Mode> EVERY =
      List.of(
          Mode.MODE_ACTIVE_PASSIVE, Mode.MODE_N_ACTIVE, Mode.MODE_SHARDED, Mode.MODE_ALL_ACTIVE);

  @Test
  void aSeedDrawsTheSameGroups() {
    assertThat(draw(EVERY, 7)).isEqualTo(draw(EVERY, 7)).isNotEqualTo(draw(EVERY, 8));
  }

  @Test
  void everyModeHasAGroupAndOneHasTwo() {
    List<Team> teams = draw(EVERY, 7);

    assertThat(teams)
        .extracting(Team::mode)
        .containsExactly(EVERY.get(0), EVERY.get(1), EVERY.get(2), EVERY.get(3), EVERY.get(0));
    assertThat(teams).extracting(Team::name).containsExactly("g1", "g2", "g3", "g4", "g5");
    assertThat(teams.stream().flatMap(team -> team.seats().stream()).map(Team.Seat::member))
        .doesNotHaveDuplicates();
  }

  @Test
  void whereLeasesPassOnEveryWayToDecideHasAGroup() {
    for (int seed = 0; seed < 50; seed++) {
      List<Team> passing =
          draw(EVERY, seed).stream().filter(t -> t.mode() != Mode.MODE_ALL_ACTIVE).toList();

      assertThat(passing.stream().map(team -> team.spec().getFailover().getKind()))
          .containsExactlyInAnyOrder(
              FailoverKind.FAILOVER_KIND_AUTOMATIC,
              FailoverKind.FAILOVER_KIND_AUTOMATIC,
              FailoverKind.FAILOVER_KIND_MANUAL,
              FailoverKind.FAILOVER_KIND_OBSERVE);
      assertThat(passing)
          .filteredOn(team -> team.spec().getFailover().getFlapBudget() > 0)
          .singleElement()
          .matches(team -> !team.isDecidedByOperator());
      assertThat(passing).anyMatch(team -> team.hasPositions() && !team.isShared());
    }
  }

  @Test
  void ofTwoGroupsOneNeverWaitsForAnOperator() {
    for (Mode mode : EVERY) {
      Set<Boolean> waits = new HashSet<>();
      for (int seed = 0; seed < 50; seed++) {
        List<Team> teams = draw(List.of(mode), seed);
        assertThat(teams).anyMatch(team -> !team.mayWaitForOperator());
        teams.forEach(team -> waits.add(team.mayWaitForOperator()));
      }
      assertThat(waits).hasSize(2);
    }
  }

  @Test
  void anotherPreferenceKeepsTheBoundOfLag() {
    for (Team team : draw(EVERY, 7)) {
      Preference next = Teams.preference(team, new SplittableRandom(1));

      assertThat(next.hasMaxLag()).isEqualTo(team.hasPositions());
      assertThat(next.getMaxLag()).isEqualTo(team.spec().getPreference().getMaxLag());
    }
  }

  @Test
  void oneModeHasTwoGroupsOfWhichOneIsBelowTheSafeTtl() {
    for (Mode mode : EVERY) {
      assertThat(draw(List.of(mode), 7))
          .extracting(team -> team.spec().getTtlMillis())
          .containsExactlyInAnyOrder(3_000L, 5_000L);
    }
  }

  @Test
  void oneOfNActiveIsToSpare() {
    Team team = Teams.draw(List.of(Mode.MODE_N_ACTIVE), 2, new SplittableRandom(1)).get(0);

    assertThat(team.seats()).hasSize(3);
    assertThat(team.spec().getSlots()).isEqualTo(2);
  }

  /** A setting that is drawn the same for every seed would be none. */
  @Test
  void policiesDiffer() {
    Set<Object> drawn = new HashSet<>();
    for (int seed = 0; seed < 30; seed++) {
      for (Team team : draw(EVERY, seed)) {
        GroupSpec spec = team.spec();
        drawn.add(spec.getFailover().getFailback());
        drawn.add(spec.getFailover().getOnCoordinatorLoss());
        drawn.add(spec.getFailover().getKind());
        drawn.add("lag " + spec.getPreference().hasMaxLag());
        drawn.add("budget " + spec.getFailover().getFlapBudget());
        drawn.add("delay " + spec.getFailover().getLockDelayMillis());
        drawn.add("zones " + spec.getPreference().getZonesList());
      }
    }
    assertThat(drawn).hasSize(2 + 3 + 3 + 2 + 3 + 2 + 3);
  }

  private static List<Team> draw(List<Mode> modes, long seed) {
    return Teams.draw(modes, 3, new SplittableRandom(seed));
  }
}
