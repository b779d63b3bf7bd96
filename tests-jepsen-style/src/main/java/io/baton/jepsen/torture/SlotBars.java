package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.SlotRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Which slots of a group a process served when, where it serves several. Pure. */
final class SlotBars {
  /** A time in which it served these, by the clock of the life. */
  record Served(long fromNanos, long untilNanos, List<Integer> slots) {
    String words() {
      return SlotRanges.text(slots);
    }
  }

  /** Slots that come and go together are told one after the other. */
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private SlotBars() {}

  /** One after the other; times without any slot are left out. */
  static List<Served> of(Life life, long endNanos) {
    List<Served> served = new ArrayList<>();
    NavigableSet<Integer> slots = new TreeSet<>();
    long since = 0;
    for (AgentEvent event : life.events()) {
      List<Integer> before = List.copyOf(slots);
      if (change(slots, event)) {
        add(served, since, event.nanos(), before);
        since = event.nanos();
      }
    }
    add(served, since, endNanos, List.copyOf(slots));
    return served;
  }

  private static boolean change(NavigableSet<Integer> slots, AgentEvent event) {
    return switch (event.kind()) {
      case ACTIVE -> slots.add(event.slot());
      case PASSIVATING -> slots.remove(event.slot());
      default -> false;
    };
  }

  private static void add(List<Served> served, long from, long until, List<Integer> slots) {
    if (!slots.isEmpty() && until - from >= SHORTEST_NANOS) {
      served.add(new Served(from, until, slots));
    }
  }
}
