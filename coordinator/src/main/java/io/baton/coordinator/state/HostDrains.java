package io.baton.coordinator.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is on hosts that are drained. The drain of a host takes leases of one group after
 * another: of none while a lease that a drain took from that host is on its way in another group. A
 * lease is on its way until it has ended and, where it passes to somebody at once or after its lock
 * delay, until that one is active or fails; each has a deadline, so no group holds the others up
 * for ever. Each host has its own turn. Who is unhealthy leaves without one.
 *
 * <p>Derived from the state each time: a picture as it is when it is asked first, which walks all
 * groups.
 */
public final class HostDrains {
  private final ClusterState state;
  private @Nullable Map<String, SortedSet<String>> onTheWay;

  /** Good for as long as the state does not change. */
  public HostDrains(ClusterState state) {
    this.state = state;
  }

  /** The hosts from which a lease of the group is on its way. */
  static SortedSet<String> left(ClusterState state, Group group) {
    SortedSet<String> hosts = new TreeSet<>();
    for (Slot slot : group.slots().values()) {
      String from = slot.drainedFrom();
      if (from != null && (slot.lease() != null || isDelayed(state, slot))) {
        hosts.add(hostOf(group, from));
      }
    }
    return hosts;
  }

  private static boolean isDelayed(ClusterState state, Slot slot) {
    return state.waitOf(Wait.keyOf(slot.group(), Wait.Kind.LOCK_DELAY, slot.index())) != null;
  }

  /** The drained hosts with which the group has yet to give up a lease. */
  SortedSet<String> toLeave(String groupName) {
    Group group = state.group(groupName);
    if (group == null) {
      return Collections.emptySortedSet();
    }
    SortedSet<String> hosts = new TreeSet<>();
    for (Slot slot : group.slots().values()) {
      Member holder = holder(group, slot.lease());
      if (holder != null && leavesInTurn(state, group, holder)) {
        hosts.add(holder.site().host());
      }
    }
    return hosts;
  }

  /** Whether the drain of that host may take leases of that group. */
  boolean isTurnOf(String group, String host) {
    return another(group, host) == null;
  }

  /**
   * The group for which a lease waits: a drain is to take it, and takes that one's first; null: it
   * waits for none.
   */
  public @Nullable String waitsFor(Group group, @Nullable Lease lease) {
    Member holder = holder(group, lease);
    return holder != null && leavesInTurn(state, group, holder)
        ? another(group.info().name(), holder.site().host())
        : null;
  }

  private @Nullable String another(String group, String host) {
    SortedSet<String> all = onTheWay().getOrDefault(host, Collections.emptySortedSet());
    return all.stream().filter(name -> !name.equals(group)).findFirst().orElse(null);
  }

  /** By host, the groups of which a lease is on its way from there. */
  private Map<String, SortedSet<String>> onTheWay() {
    if (onTheWay == null) {
      onTheWay = new TreeMap<>();
      for (Group group : state.groups().values()) {
        for (String host : left(state, group)) {
          onTheWay.computeIfAbsent(host, first -> new TreeSet<>()).add(group.info().name());
        }
      }
    }
    return onTheWay;
  }

  /**
   * Whether the drain of its host takes its leases, and that one waits for its turn: not where it
   * is drained by itself, nor where it is unhealthy.
   */
  static boolean leavesInTurn(ClusterState state, Group group, Member holder) {
    return Situation.drained(state, group, holder)
        && !Situation.drainedItself(group, holder)
        && holder.readiness() != Readiness.UNHEALTHY;
  }

  /** Whoever holds a lease that is to be held, and is a member still. */
  private static @Nullable Member holder(Group group, @Nullable Lease lease) {
    Member holder = lease == null || lease.revoked() ? null : group.member(lease.member());
    return holder != null && lease != null && holder.session() == lease.session() ? holder : null;
  }

  private static String hostOf(Group group, String id) {
    Member present = group.member(id);
    Member member = present != null ? present : group.goneMember(id);
    return member == null ? "" : member.site().host();
  }
}
