package io.baton.coordinator.state;

import java.util.List;

/**
 * What follows from the state by itself after a command: free slots are granted (design §3.17), a
 * deleted group without leases is removed, a superseded session without leases ends.
 * Level-triggered: derived from the state, never remembered.
 */
final class Consequences {
  private final ClusterState state;

  Consequences(ClusterState state) {
    this.state = state;
  }

  /** The next one of a group: each grant changes who is a candidate for the one after it. */
  List<Event> of(String groupName) {
    Group group = state.group(groupName);
    if (group == null) {
      return List.of();
    }
    if (group.info().deleting()) {
      return group.hasLeases() ? List.of() : List.of(new Event.GroupRemoved(groupName));
    }
    for (Slot slot : group.slots().values()) {
      if (slot.lease() == null) {
        Placement.Choice choice = Placement.choose(group, slot);
        if (choice.chosen() != null) {
          return List.of(grant(slot, choice, choice.chosen()));
        }
      }
    }
    return List.of();
  }

  List<Event> of(long sessionId) {
    Session session = state.session(sessionId);
    return session != null && session.superseded() && !session.holdsLeases()
        ? List.of(new Event.SessionEnded(sessionId, Cause.SUPERSEDED))
        : List.of();
  }

  private static Event grant(Slot slot, Placement.Choice choice, Member member) {
    Slot.Handover handover = slot.handover();
    return new Event.LeaseGranted(
        slot.group(),
        slot.index(),
        member.id(),
        handover == null ? "" : handover.from(),
        handover == null ? Cause.FREE_SLOT : handover.cause(),
        choice.candidates(),
        choice.omitted());
  }
}
