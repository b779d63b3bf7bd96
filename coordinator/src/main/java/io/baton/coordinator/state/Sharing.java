package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a sharded group does next: grants what is free at once, and moves what is unevenly shared, a
 * bounded number at a time. A move is two-phase: the holder is told to give the slot up, and only
 * what it gave up is granted to another. Derived from the state each time, so that no lost message
 * strands a slot.
 */
final class Sharing {
  private final Situation situation;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Releases releases;

  Sharing(Situation situation) {
    this.situation = situation;
    for (Member member : fit()) {
      places.put(member.id(), members.size());
      members.add(member);
    }
    releases = new Releases(situation);
  }

  private List<Member> fit() {
    List<Member> all = List.copyOf(situation.group().members().values());
    List<Member> fit = all.stream().filter(situation::fit).toList();
    return !fit.isEmpty() || situation.anyoneMayBecomeFit()
        ? fit
        : all.stream().filter(situation::isBetterThanNobody).toList();
  }

  /** All that can be done now, in the order of slots. */
  List<Event> next() {
    List<Slot> pool = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (Slot slot : situation.group().slots().values()) {
      Event held = heldBack(slot);
      if (held instanceof Event.GroupFlapping) {
        return List.of(held);
      } else if (held != null) {
        events.add(held);
      } else if (isInPool(slot)) {
        pool.add(slot);
      }
    }
    events.addAll(observed());
    if (members.isEmpty() || !events.isEmpty()) {
      return events;
    }
    int[] plan = plan(pool.stream().mapToInt(this::owner));
    List<Event> grants = grants(pool, plan);
    return grants.isEmpty() ? moves(pool, plan) : grants;
  }

  private int[] plan(IntStream owners) {
    int[] weights = members.stream().mapToInt(m -> situation.preference().weight(m)).toArray();
    return ShardPlan.plan(owners.toArray(), weights);
  }

  /** Where failover is only observed: slots that would have left who is unhealthy, once each. */
  private List<Event> observed() {
    List<Slot> slots = new ArrayList<>(situation.group().slots().values());
    if (slots.stream().noneMatch(releases::isToBeWithheld)) {
      return List.of();
    }
    slots.removeIf(slot -> !isInPool(slot) && !releases.isToBeWithheld(slot));
    int[] plan = plan(slots.stream().mapToInt(this::owner));
    Placement placement = new Placement(situation);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < plan.length; i++) {
      Lease lease = slots.get(i).lease();
      if (lease != null && releases.isToBeWithheld(slots.get(i))) {
        Placement.Choice choice = placement.shared(slots.get(i), members.get(plan[i]));
        events.add(Filling.withheld(slots.get(i), lease.member(), Cause.UNHEALTHY, choice));
        placement = new Placement(situation, 1);
      }
    }
    return events;
  }

  /**
   * One failover after the other, each as a whole: what it counts decides about the next. All its
   * slots have the same candidates, which the first of its grants names.
   */
  private List<Event> grants(List<Slot> pool, int[] plan) {
    List<Event> grants = new ArrayList<>();
    Placement onlyChosen = new Placement(situation, 1);
    boolean named = false;
    long failing = 0;
    for (int i = 0; i < plan.length; i++) {
      Slot slot = pool.get(i);
      if (slot.lease() != null) {
        continue;
      }
      long session = situation.isUncounted(slot) ? slot.failedSession() : 0;
      if (session != 0 && failing == 0) {
        if (situation.wouldFlap(slot)) {
          return List.of(new Event.GroupFlapping(slot.group()));
        }
        failing = session;
      }
      if (session == 0 || session == failing) {
        boolean names = !named && slot.countsAsFailover();
        named |= names;
        Placement placement = names ? new Placement(situation) : onlyChosen;
        Member owner = members.get(plan[i]);
        grants.add(Filling.granted(slot, owner, placement.shared(slot, owner)));
      }
    }
    return grants;
  }

  /** Asked for when nothing is free any more: a grant may have begun a cool-down. */
  private List<Event> moves(List<Slot> pool, int[] plan) {
    if (situation.group().slots().values().stream().anyMatch(releases::stopsGroup)) {
      return List.of(new Event.GroupFlapping(situation.group().info().name()));
    }
    List<Event> events = new ArrayList<>();
    int moves = situation.spec().maxMoves() - situation.onTheMove();
    for (int i = 0; i < plan.length; i++) {
      Slot slot = pool.get(i);
      Lease lease = slot.lease();
      Member owner = members.get(plan[i]);
      if (lease != null && !lease.revoked() && !lease.member().equals(owner.id()) && moves > 0) {
        Event release = releases.release(lease, owner.id());
        if (release != null) {
          events.add(release);
          moves--;
        }
      }
    }
    return events;
  }

  /** What a slot that is held back gets all the same: its former holder, or a line in history. */
  private @Nullable Event heldBack(Slot slot) {
    if (slot.lease() != null || situation.heldBack(slot) == null) {
      return null;
    }
    return Filling.of(situation, new Placement(situation), slot);
  }

  private boolean isInPool(Slot slot) {
    Lease lease = slot.lease();
    if (lease == null) {
      return situation.heldBack(slot) == null;
    }
    return lease.revoked() || places.containsKey(lease.member()) || releases.allows(lease);
  }

  private int owner(Slot slot) {
    Lease lease = slot.lease();
    return place(lease != null && !lease.revoked() ? lease.member() : slot.target());
  }

  private int place(String member) {
    return places.getOrDefault(member, ShardPlan.NOBODY);
  }

  /** Whom the plan gives a slot if it were free now, or null: there is nobody. */
  @Nullable Member nextOwner(Slot free) {
    if (members.isEmpty()) {
      return null;
    }
    List<Slot> pool =
        situation.group().slots().values().stream()
            .filter(s -> s.index() == free.index() || isInPool(s))
            .toList();
    int[] plan =
        plan(pool.stream().mapToInt(s -> s.index() == free.index() ? place(s.target()) : owner(s)));
    return members.get(plan[pool.indexOf(free)]);
  }
}
