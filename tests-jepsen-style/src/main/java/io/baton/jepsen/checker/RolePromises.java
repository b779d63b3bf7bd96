package io.baton.jepsen.checker;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of the roles of one group's members at any time, whatever is done to them: one
 * is active at a time, epochs grow, callbacks come in pairs. Where slots are shared out that is
 * true of each slot. Pure.
 */
public final class RolePromises {
  /**
   * A stay in the role ACTIVE, from the call of onActive to the call of onPassive, to the death of
   * the process, or to the freeze that outlasted the lease.
   */
  private record Tenure(String member, long epoch, long from, long until) {}

  private final List<String> broken = new ArrayList<>();

  private RolePromises() {}

  /** Everything that is wrong, in words. */
  public static List<String> brokenIn(List<Life> lives) {
    RolePromises promises = new RolePromises();
    List<Tenure> tenures = new ArrayList<>();
    lives.forEach(life -> promises.collect(life, tenures));
    tenures.sort(Comparator.comparingLong(Tenure::from));
    for (int i = 1; i < tenures.size(); i++) {
      promises.compare(tenures.get(i - 1), tenures.get(i));
    }
    return promises.broken;
  }

  /** The same for each slot by itself. */
  public static List<String> brokenInSlots(List<Life> lives) {
    Set<Integer> slots = new TreeSet<>();
    lives.forEach(life -> life.events().forEach(event -> slots.add(event.slot())));
    List<String> broken = new ArrayList<>();
    for (int slot : slots) {
      List<Life> ofSlot = lives.stream().map(life -> life.of(slot)).toList();
      brokenIn(ofSlot).forEach(wrong -> broken.add("slot " + slot + ": " + wrong));
    }
    return broken;
  }

  private void compare(Tenure before, Tenure after) {
    if (after.from() < before.until()) {
      broken.add(words(before) + " and " + words(after) + " were active at the same time");
    }
    if (after.epoch() <= before.epoch()) {
      broken.add(words(after) + " came after " + words(before));
    }
  }

  private void collect(Life life, List<Tenure> tenures) {
    AgentEvent begun = null;
    Kind last = Kind.PASSIVE;
    for (AgentEvent event : life.events()) {
      switch (event.kind()) {
        case ACTIVATING -> {
          expect(life, event, last == Kind.PASSIVE);
          begun = event;
        }
        case ACTIVE -> expect(life, event, last == Kind.ACTIVATING);
        case PASSIVATING -> {
          // onActive may have failed: then onPassive follows it all the same.
          expect(life, event, last == Kind.ACTIVE || last == Kind.ACTIVATING);
          end(life, begun, event.nanos(), tenures);
          begun = null;
        }
        case PASSIVE -> expect(life, event, last == Kind.PASSIVATING);
        default -> {
          continue;
        }
      }
      last = event.kind();
    }
    end(life, begun, life.endNanos(), tenures);
  }

  private void expect(Life life, AgentEvent event, boolean inOrder) {
    if (!inOrder) {
      broken.add(life.member() + " was told " + event.kind() + " out of order");
    }
  }

  private static void end(Life life, @Nullable AgentEvent begun, long nanos, List<Tenure> tenures) {
    if (begun != null) {
      long until =
          life.freezeNanos().stream()
              .filter(frozen -> frozen >= begun.nanos() && frozen < nanos)
              .min(Comparator.naturalOrder())
              .orElse(nanos);
      tenures.add(new Tenure(life.member(), begun.epoch(), begun.nanos(), until));
    }
  }

  private static String words(Tenure tenure) {
    return tenure.member() + " under epoch " + tenure.epoch();
  }
}
