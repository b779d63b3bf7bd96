package io.baton.agent.watch;

import io.baton.agent.ActiveMember;
import io.baton.agent.Slots;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group as it was at one revision. Unchanging.
 *
 * @param revision 0: nothing was heard yet
 * @param exists whether there was such a group
 * @param slots how many slots the group has; 0: as many as members, or nothing is known
 * @param actives who is active, by slot; without those who were told to stop. A client that
 *     connects to one may find it passive by now: who is asked has to look itself
 * @param members who is present, by id
 */
public record GroupSnapshot(
    String group,
    long revision,
    boolean exists,
    int slots,
    SortedMap<Integer, ActiveMember> actives,
    SortedMap<String, GroupMember> members) {
  public GroupSnapshot {
    actives = Collections.unmodifiableSortedMap(new TreeMap<>(actives));
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** Before the first word. */
  public static GroupSnapshot unknown(String group) {
    return new GroupSnapshot(group, 0, false, 0, new TreeMap<>(), new TreeMap<>());
  }

  /** Who serves a slot: is active for it and has started. Empty while nobody does. */
  public Optional<ActiveMember> ownerOf(int slot) {
    return Optional.ofNullable(actives.get(slot)).filter(ActiveMember::started);
  }

  /**
   * Who serves a key: its {@link Slots#of slot}, as {@code Agent.ownerOf} has it. Empty while
   * nobody does, and in an all-active group, where everybody does.
   */
  public Optional<ActiveMember> ownerOf(String key) {
    return slots == 0 ? Optional.empty() : ownerOf(Slots.of(key, slots));
  }
}
