package io.baton.jepsen.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
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
  void everyModeHasAGroup() {
    List<Team> teams = draw(EVERY, 7);

    assertThat(teams).extracting(Team::mode).containsExactlyElementsOf(EVERY);
    assertThat(teams).extracting(Team::name).containsExactly("g1", "g2", "g3", "g4");
    assertThat(teams.stream().flatMap(team -> team.seats().stream()).map(Team.Seat::member))
        .doesNotHaveDuplicates();
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
        drawn.add("budget " + spec.getFailover().getFlapBudget());
        drawn.add("delay " + spec.getFailover().getLockDelayMillis());
        drawn.add("zones " + spec.getPreference().getZonesList());
      }
    }
    assertThat(drawn).hasSize(2 + 3 + 2 + 2 + 3);
  }

  private static List<Team> draw(List<Mode> modes, long seed) {
    return Teams.draw(modes, 3, new SplittableRandom(seed));
  }
}
