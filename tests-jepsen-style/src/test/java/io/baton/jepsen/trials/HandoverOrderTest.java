package io.baton.jepsen.trials;

import static io.baton.jepsen.cluster.AgentEvent.Kind.ACTIVATING;
import static io.baton.jepsen.cluster.AgentEvent.Kind.PASSIVATING;
import static io.baton.jepsen.cluster.AgentEvent.Kind.PASSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandoverOrderTest {
  private static final long LIVES = Long.MAX_VALUE;

  private static final Life LAST =
      life("a", LIVES, event(ACTIVATING, 10, 3), event(PASSIVATING, 20, 3), event(PASSIVE, 25, 3));

  @Test
  void theNextOneIsCalledWhenTheLastOneHasReturned() {
    assertThat(broken(LAST, life("b", LIVES, event(ACTIVATING, 25, 3)))).isEmpty();
  }

  @Test
  void whoIsCalledWhileTheLastOneIsStillInOnPassiveIsNoticed() {
    assertThat(broken(LAST, life("b", LIVES, event(ACTIVATING, 24, 3))))
        .containsExactly("b was called for slot 3 before onPassive of a had returned");
  }

  @Test
  void whoIsCalledThoughTheLastOneWasNeverToldIsNoticed() {
    Life untold = life("a", LIVES, event(ACTIVATING, 10, 3));

    assertThat(broken(untold, life("b", LIVES, event(ACTIVATING, 24, 3)))).hasSize(1);
  }

  @Test
  void theDeadReturnFromNothing() {
    Life dead = life("a", 20, event(ACTIVATING, 10, 3));

    assertThat(broken(dead, life("b", LIVES, event(ACTIVATING, 24, 3)))).isEmpty();
  }

  @Test
  void anotherSlotIsAnotherMatter() {
    assertThat(broken(LAST, life("b", LIVES, event(ACTIVATING, 24, 4)))).isEmpty();
  }

  @Test
  void whatWasBeforeIsNotJudged() {
    assertThat(
            HandoverOrder.brokenIn(List.of(LAST, life("b", LIVES, event(ACTIVATING, 24, 3))), 24))
        .isEmpty();
  }

  private static List<String> broken(Life... lives) {
    return HandoverOrder.brokenIn(List.of(lives), 0);
  }

  private static Life life(String member, long endNanos, AgentEvent... events) {
    return new Life(member, List.of(events), endNanos, List.of());
  }

  private static AgentEvent event(Kind kind, long nanos, int slot) {
    return new AgentEvent(kind, 0, nanos, Map.of("slot", Integer.toString(slot)));
  }
}
