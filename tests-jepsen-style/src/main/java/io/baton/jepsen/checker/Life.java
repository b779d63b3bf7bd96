package io.baton.jepsen.checker;

import io.baton.jepsen.cluster.AgentEvent;
import java.util.List;

/**
 * What one agent's process told in its life.
 *
 * @param endNanos when it was killed; {@link Long#MAX_VALUE} while it lives
 * @param freezeNanos when it was frozen for longer than its TTL, each time
 */
public record Life(String member, List<AgentEvent> events, long endNanos, List<Long> freezeNanos) {
  public Life {
    events = List.copyOf(events);
    freezeNanos = List.copyOf(freezeNanos);
  }

  /** What it told of one slot. */
  Life of(int slot) {
    return new Life(
        member, events.stream().filter(e -> e.slot() == slot).toList(), endNanos, freezeNanos);
  }
}
