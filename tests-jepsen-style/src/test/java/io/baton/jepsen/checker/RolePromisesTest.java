package io.baton.jepsen.checker;

import static io.baton.jepsen.cluster.AgentEvent.Kind.ACTIVATING;
import static io.baton.jepsen.cluster.AgentEvent.Kind.ACTIVE;
import static io.baton.jepsen.cluster.AgentEvent.Kind.PASSIVATING;
import static io.baton.jepsen.cluster.AgentEvent.Kind.PASSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.cluster.AgentEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RolePromisesTest {
  private static final long LIVES = Long.MAX_VALUE;

  @Test
  void anOrderlyHandoverBreaksNothing() {
    assertThat(
            RolePromises.brokenIn(
                List.of(
                    life(
                        "a",
                        LIVES,
                        event(ACTIVATING, 10, 5),
                        event(ACTIVE, 11, 5),
                        event(PASSIVATING, 20, 5),
                        event(PASSIVE, 21, 5)),
                    life("b", LIVES, event(ACTIVATING, 22, 6)))))
        .isEmpty();
  }

  @Test
  void twoThatAreActiveAtOnceAreNoticed() {
    assertThat(
            RolePromises.brokenIn(
                List.of(
                    life("a", LIVES, event(ACTIVATING, 10, 5)),
                    life("b", LIVES, event(ACTIVATING, 22, 6)))))
        .containsExactly("a under epoch 5 and b under epoch 6 were active at the same time");
  }

  @Test
  void aRestartedMemberMayNotGoOnUnderItsOldEpoch() {
    assertThat(
            RolePromises.brokenIn(
                List.of(
                    life("a", 20, event(ACTIVATING, 10, 5)),
                    life("a", LIVES, event(ACTIVATING, 22, 5)))))
        .containsExactly("a under epoch 5 came after a under epoch 5");
  }

  @Test
  void aProcessIsActiveUntilItsDeath() {
    Life survivor = life("b", LIVES, event(ACTIVATING, 22, 6));

    assertThat(RolePromises.brokenIn(List.of(life("a", 21, event(ACTIVATING, 10, 5)), survivor)))
        .isEmpty();
    assertThat(RolePromises.brokenIn(List.of(life("a", 23, event(ACTIVATING, 10, 5)), survivor)))
        .hasSize(1);
  }

  @Test
  void aFrozenProcessIsActiveUntilTheFreeze() {
    Life frozen =
        new Life(
            "a",
            List.of(event(ACTIVATING, 10, 5), event(PASSIVATING, 90, 5), event(PASSIVE, 91, 5)),
            LIVES,
            List.of(20L));

    assertThat(RolePromises.brokenIn(List.of(frozen, life("b", LIVES, event(ACTIVATING, 22, 6)))))
        .isEmpty();
  }

  @Test
  void anEpochThatDoesNotGrowIsNoticed() {
    assertThat(
            RolePromises.brokenIn(
                List.of(
                    life("a", 12, event(ACTIVATING, 10, 5)),
                    life("b", LIVES, event(ACTIVATING, 22, 5)))))
        .containsExactly("b under epoch 5 came after a under epoch 5");
  }

  @Test
  void callbacksOutOfOrderAreNoticed() {
    assertThat(
            RolePromises.brokenIn(
                List.of(life("a", LIVES, event(ACTIVATING, 10, 5), event(PASSIVE, 12, 5)))))
        .containsExactly("a was told PASSIVE out of order");
  }

  @Test
  void slotsThatAreSharedOutAreJudgedOneByOne() {
    Life one =
        life(
            "a",
            LIVES,
            event(ACTIVATING, 10, 5, 0),
            event(ACTIVATING, 11, 6, 1),
            event(ACTIVE, 12, 5, 0),
            event(ACTIVE, 13, 6, 1),
            event(PASSIVATING, 20, 6, 1),
            event(PASSIVE, 21, 6, 1));
    Life other = life("b", LIVES, event(ACTIVATING, 22, 7, 1));
    assertThat(RolePromises.brokenInSlots(List.of(one, other))).isEmpty();

    Life third = life("c", LIVES, event(ACTIVATING, 30, 8, 0));
    assertThat(RolePromises.brokenInSlots(List.of(one, other, third)))
        .containsExactly(
            "slot 0: a under epoch 5 and c under epoch 8 were active at the same time");
  }

  @Test
  void callbacksOfASlotThatComeOutOfOrderAreNoticed() {
    Life twice = life("a", LIVES, event(ACTIVATING, 10, 5, 3), event(ACTIVATING, 12, 6, 3));

    assertThat(RolePromises.brokenInSlots(List.of(twice)))
        .containsExactly("slot 3: a was told ACTIVATING out of order");
  }

  /** In a group where each has one slot at a time, two at a time are out of order. */
  @Test
  void aRoleIsOneSlotAtATime() {
    Life two = life("a", LIVES, event(ACTIVATING, 10, 5, 0), event(ACTIVATING, 12, 6, 1));

    assertThat(RolePromises.brokenIn(List.of(two)))
        .containsExactly("a was told ACTIVATING out of order");
  }

  private static AgentEvent event(AgentEvent.Kind kind, long nanos, long epoch, int slot) {
    return new AgentEvent(
        kind, 0, nanos, Map.of("epoch", Long.toString(epoch), "slot", Integer.toString(slot)));
  }

  private static Life life(String member, long endNanos, AgentEvent... events) {
    return new Life(member, List.of(events), endNanos, List.of());
  }

  private static AgentEvent event(AgentEvent.Kind kind, long nanos, long epoch) {
    return new AgentEvent(kind, 0, nanos, Map.of("epoch", Long.toString(epoch)));
  }
}
