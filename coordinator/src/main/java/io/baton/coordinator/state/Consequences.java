package io.baton.coordinator.state;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the state by itself after a command: free slots are granted (design §3.17),
 * leases are moved that should be elsewhere, a deleted group without leases is removed, a
 * superseded session without leases ends. Level-triggered: derived from the state, never
 * remembered.
 */
final class Consequences {
  private final ClusterState state;

  Consequences(ClusterState state) {
    this.state = state;
  }

  /** The next ones of a group: each changes what follows after it. */
  List<Event> of(String groupName) {
    return of(groupName, "");
  }

  /**
   * What drains of hosts take next, of these groups; asked for when nothing else follows. One group
   * at a time, by name, since it is another's turn then.
   */
  List<Event> ofHostDrains(SortedSet<String> groupNames) {
    if (state.hostDrains().isEmpty()) {
      return List.of();
    }
    HostDrains drains = new HostDrains(state);
    for (String name : groupNames) {
      for (String host : drains.toLeave(name)) {
        List<Event> next = drains.isTurnOf(name, host) ? of(name, host) : List.of();
        if (!next.isEmpty()) {
          return next;
        }
      }
    }
    return List.of();
  }

  private List<Event> of(String groupName, String hostOnTurn) {
    Group group = state.group(groupName);
    if (group == null) {
      return List.of();
    }
    if (group.info().deleting()) {
      return group.hasLeases() ? List.of() : List.of(new Event.GroupRemoved(groupName));
    }
    Situation situation = new Situation(state, group, hostOnTurn);
    if (situation.spec().mode().sharesOut()) {
      return new Sharing(situation).next();
    }
    Event next = fill(situation);
    next = next != null ? next : new Moves(situation).next();
    next = next != null ? next : AgreementDecisions.offer(situation);
    return next == null ? List.of() : List.of(next);
  }

  private static @Nullable Event fill(Situation situation) {
    Placement placement = new Placement(situation);
    if (situation.spec().mode().growsWithMembers()) {
      return Filling.of(situation, placement, situation.lowestFreeSlot());
    }
    for (Slot slot : situation.group().slots().values()) {
      Event event = slot.lease() == null ? Filling.of(situation, placement, slot) : null;
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  List<Event> of(long sessionId) {
    Session session = state.session(sessionId);
    return session != null && session.superseded() && !session.holdsLeases()
        ? List.of(new Event.SessionEnded(sessionId, Cause.SUPERSEDED))
        : List.of();
  }
}
