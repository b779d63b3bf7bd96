package io.baton.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LeadersTest {
  private final Leaders leaders = new Leaders(List.of("n1", "n2", "n3"), new Random(1));

  @Test
  void whoFellSilentHasNoTurnForAWhile() {
    leaders.silent("n2");

    assertThat(nextFour()).containsExactly("n1", "n3");
  }

  @Test
  void whoFellSilentAndWasElectedSinceHasItsTurnAgain() {
    leaders.silent("n2");
    assertThat(leaders.learn(new LeaderHint(7, "n2", List.of()))).isTrue();
    leaders.failed("n2");

    assertThat(nextFour()).contains("n2");
  }

  private Set<String> nextFour() {
    Set<String> turns = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      turns.add(leaders.next());
    }
    return turns;
  }
}
