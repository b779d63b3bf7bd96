package io.baton.jepsen.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SlotBarsTest {
  @Test
  void aBarLastsFromOneChangeToTheNext() {
    Life life =
        new Life(
            "m1",
            List.of(
                event(Kind.ACTIVE, 10, 0),
                event(Kind.ACTIVE, 10, 1),
                event(Kind.ACTIVATING, 15, 3),
                event(Kind.ACTIVE, 20, 3),
                event(Kind.PASSIVATING, 30, 0),
                event(Kind.PASSIVATING, 30, 1),
                event(Kind.PASSIVATING, 30, 3),
                event(Kind.ACTIVE, 40, 2)),
            millis(50),
            List.of());

    assertThat(SlotBars.of(life, life.endNanos()))
        .extracting(SlotBars.Served::words, SlotBars.Served::fromNanos, SlotBars.Served::untilNanos)
        .containsExactly(
            tuple("0-1", millis(10), millis(20)),
            tuple("0-1,3", millis(20), millis(30)),
            tuple("2", millis(40), millis(50)));
  }

  private static AgentEvent event(Kind kind, long millis, int slot) {
    return new AgentEvent(
        kind, 0, millis(millis), Map.of("slot", Integer.toString(slot), "epoch", "1"));
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
