package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.Slots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is active in a group, as far as the agent has heard. Unchanging. */
final class GroupPicture {
  /** Before the first word. */
  static final GroupPicture UNKNOWN = new GroupPicture(0, List.of());

  private final int slots;
  private final List<ActiveMember> active;
  private final Map<Integer, ActiveMember> bySlot = new HashMap<>();

  /**
   * @param slots 0: not known
   */
  GroupPicture(int slots, List<ActiveMember> active) {
    this.slots = slots;
    this.active = List.copyOf(active);
    active.forEach(member -> bySlot.put(member.slot(), member));
  }

  List<ActiveMember> active() {
    return active;
  }

  /** Who serves a key; empty while nobody does, or nothing is known. */
  Optional<ActiveMember> ownerOf(String key) {
    return slots == 0
        ? Optional.empty()
        : Optional.ofNullable(bySlot.get(Slots.of(key, slots))).filter(ActiveMember::started);
  }
}
