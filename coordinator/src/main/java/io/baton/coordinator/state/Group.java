package io.baton.coordinator.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named service: its spec, slots and members. Owned by the apply thread; others see it only
 * within a query.
 */
public final class Group {
  private final TreeMap<Integer, Slot> slots = new TreeMap<>();
  private final TreeMap<String, Member> members = new TreeMap<>();
  private final LinkedHashMap<String, Member> gone = new LinkedHashMap<>();
  private GroupInfo info;

  Group(GroupInfo info) {
    this.info = info;
  }

  /** Name, spec and what belongs to them. */
  public GroupInfo info() {
    return info;
  }

  /** Its slots by index, held or free. */
  public SortedMap<Integer, Slot> slots() {
    return Collections.unmodifiableSortedMap(slots);
  }

  /** The members that are present, by id. */
  public SortedMap<String, Member> members() {
    return Collections.unmodifiableSortedMap(members);
  }

  /** The last members that went, the longest gone first. */
  public Collection<Member> gone() {
    return Collections.unmodifiableCollection(gone.values());
  }

  /** A member that is present. */
  public @Nullable Member member(String id) {
    return members.get(id);
  }

  /** The lease of a slot, or null where the slot is free or does not exist. */
  public @Nullable Lease lease(int slot) {
    Slot found = slots.get(slot);
    return found == null ? null : found.lease();
  }

  /** The lease of a slot if it is exactly this one. */
  @Nullable Lease lease(int slot, long session, long epoch) {
    Lease lease = lease(slot);
    return lease != null && lease.is(session, epoch) ? lease : null;
  }

  /** Whether any slot is held. */
  public boolean hasLeases() {
    return slots.values().stream().anyMatch(s -> s.lease() != null);
  }

  void info(GroupInfo next) {
    info = next;
  }

  void put(Slot slot) {
    slots.put(slot.index(), slot);
  }

  void drop(int slot) {
    slots.remove(slot);
  }

  void put(Member member) {
    if (member.present()) {
      gone.remove(member.id());
      members.put(member.id(), member);
    } else {
      members.remove(member.id());
      gone.remove(member.id());
      gone.put(member.id(), member);
    }
  }

  @Nullable Member goneMember(String id) {
    return gone.get(id);
  }

  /** Forgets the member that has been gone longest, if more are kept than are wanted. */
  @Nullable Member forgetOneGone() {
    if (gone.size() <= Limits.GONE_MEMBERS_KEPT) {
      return null;
    }
    Member oldest = gone.values().iterator().next();
    gone.remove(oldest.id());
    return oldest;
  }
}
