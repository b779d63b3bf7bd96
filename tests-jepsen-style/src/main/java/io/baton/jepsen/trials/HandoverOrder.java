package io.baton.jepsen.trials;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether slots went over in good order: the next active is called when the last one's onPassive
 * has returned, or when its process is dead. A frozen process has nothing to do with that. Pure.
 */
final class HandoverOrder {
  /** A stay in a slot, until onPassive has returned, or until death. */
  private record Stay(String member, int slot, long from, long until) {}

  private HandoverOrder() {}

  /** Every slot whose holder was called too soon, after that time, in words. */
  static List<String> brokenIn(List<Life> lives, long sinceNanos) {
    List<Stay> stays = new ArrayList<>();
    lives.forEach(life -> collect(life, stays));
    stays.sort(Comparator.comparingInt(Stay::slot).thenComparingLong(Stay::from));
    List<String> broken = new ArrayList<>();
    for (int i = 1; i < stays.size(); i++) {
      Stay last = stays.get(i - 1);
      Stay next = stays.get(i);
      if (last.slot == next.slot && next.from > sinceNanos && next.from < last.until) {
        broken.add(
            "%s was called for slot %d before onPassive of %s had returned"
                .formatted(next.member, next.slot, last.member));
      }
    }
    return broken;
  }

  private static void collect(Life life, List<Stay> stays) {
    Map<Integer, Long> since = new HashMap<>();
    for (AgentEvent event : life.events()) {
      if (event.kind() == Kind.ACTIVATING) {
        since.put(event.slot(), event.nanos());
      } else if (event.kind() == Kind.PASSIVE) {
        Long from = since.remove(event.slot());
        if (from != null) {
          stays.add(new Stay(life.member(), event.slot(), from, event.nanos()));
        }
      }
    }
    since.forEach((slot, from) -> stays.add(new Stay(life.member(), slot, from, life.endNanos())));
  }
}
