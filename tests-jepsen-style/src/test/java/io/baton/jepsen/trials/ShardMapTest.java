package io.baton.jepsen.trials;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.trials.ShardMap.Life;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardMapTest {
  private static final long LIVES = Long.MAX_VALUE;

  @Test
  void whatWasGivenUpOrDiedIsNobodys() {
    Life one = new Life("a", List.of(assigned(10, "0-3"), unassigned(20, "2")), LIVES);
    Life dead = new Life("b", List.of(assigned(10, "4-5")), 30);

    Map<Integer, ShardMap.Owner> owners = ShardMap.owners(List.of(one, dead));

    assertThat(owners).containsOnlyKeys(0, 1, 3);
    assertThat(owners.get(0)).isEqualTo(new ShardMap.Owner("a", 10));
    assertThat(ShardMap.counts(owners)).containsExactly(Map.entry("a", 3));
  }

  @Test
  void imbalanceIsByWeight() {
    Life one = new Life("a", List.of(assigned(10, "0-3")), LIVES);
    Life other = new Life("b", List.of(assigned(10, "4-5")), LIVES);
    Map<Integer, ShardMap.Owner> owners = ShardMap.owners(List.of(one, other));

    assertThat(ShardMap.imbalance(owners, Map.of("a", 2, "b", 1))).isZero();
    assertThat(ShardMap.imbalance(owners, Map.of("a", 1, "b", 1))).isEqualTo(1);
    assertThat(ShardMap.imbalance(owners, Map.of("a", 2, "b", 1, "c", 3))).isEqualTo(3);
  }

  @Test
  void whoeverServesAnotherSlotThanBeforeHasMoved() {
    Map<Integer, ShardMap.Owner> before =
        ShardMap.owners(List.of(new Life("a", List.of(assigned(10, "0-3")), LIVES)));
    Map<Integer, ShardMap.Owner> now =
        ShardMap.owners(
            List.of(
                new Life("a", List.of(assigned(40, "0-1")), LIVES),
                new Life("b", List.of(assigned(50, "2")), LIVES)));

    assertThat(ShardMap.moved(before, now)).containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void aSlotThatTwoServeIsNoticed() {
    Life one = new Life("a", List.of(assigned(10, "0-3"), unassigned(20, "0-3")), LIVES);
    Life after = new Life("b", List.of(assigned(20, "0-3")), LIVES);
    Life before = new Life("b", List.of(assigned(19, "3")), LIVES);

    assertThat(ShardMap.overlaps(List.of(one, after))).isEmpty();
    assertThat(ShardMap.overlaps(List.of(one, before)))
        .singleElement()
        .asString()
        .startsWith("slot 3 was served by a and b");
  }

  private static AgentEvent assigned(long nanos, String slots) {
    return new AgentEvent(Kind.ASSIGNED, 0, nanos, Map.of("slots", slots));
  }

  private static AgentEvent unassigned(long nanos, String slots) {
    return new AgentEvent(Kind.UNASSIGNED, 0, nanos, Map.of("slots", slots));
  }
}
