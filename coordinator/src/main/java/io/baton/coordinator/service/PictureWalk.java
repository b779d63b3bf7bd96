package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk over a group's picture, a part at a time. It remembers where it is and nothing more: the
 * state may change between two parts, and the events since its beginning say where to look again.
 */
final class PictureWalk {
  private final String groupName;
  private int nextSlot;
  private String afterMember = "";
  private boolean ended;

  PictureWalk(String groupName) {
    this.groupName = groupName;
  }

  boolean ended() {
    return ended;
  }

  /** The next part: of the outline, the held slots in order, the members in order. */
  GroupNews.Things next(ClusterState state) {
    Group group = state.group(groupName);
    if (group == null) {
      ended = true;
      return new GroupNews.Things(null, List.of(), List.of());
    }
    boolean first = nextSlot == 0 && afterMember.isEmpty();
    PartRoom room = new PartRoom();
    List<Lease> actives = actives(group, room);
    List<GroupNews.Present> members = members(state, group, room);
    ended = !room.isFull();
    return new GroupNews.Things(first ? group.info() : null, actives, members);
  }

  private List<Lease> actives(Group group, PartRoom room) {
    List<Lease> actives = new ArrayList<>();
    for (Slot slot : group.slots().tailMap(nextSlot).values()) {
      if (room.isFull()) {
        break;
      }
      nextSlot = slot.index() + 1;
      Lease lease = slot.lease();
      if (lease != null) {
        actives.add(lease);
        room.takeSmall();
      }
    }
    return actives;
  }

  private List<GroupNews.Present> members(ClusterState state, Group group, PartRoom room) {
    List<GroupNews.Present> members = new ArrayList<>();
    for (Member member : group.members().tailMap(afterMember).values()) {
      if (room.isFull()) {
        break;
      }
      if (!member.id().equals(afterMember)) {
        members.add(new GroupNews.Present(member, Explanation.drained(state, group, member)));
        afterMember = member.id();
        room.take(member);
      }
    }
    return members;
  }
}
