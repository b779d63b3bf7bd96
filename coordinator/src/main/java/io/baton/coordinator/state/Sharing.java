package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Set<String> leaving;

  Sharing(Situation situation) {
    this.situation = situation;
    for (Member member : fit()) {
      places.put(member.id(), members.size());
      members.add(member);
    }
    leaving = leaving();
  }

  /** At a cold start unhealthy members are better than none. */
  private List<Member> fit() {
    List<Member> all = List.copyOf(situation.group().members().values());
    List<Member> fit = all.stream().filter(situation::fit).toList();
    return !fit.isEmpty() || situation.anyoneMayBecomeFit()
        ? fit
        : all.stream()
            .filter(m -> situation.excluded(m) == Rule.UNHEALTHY && !m.hasYieldedSinceItJoined())
            .toList();
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
    if (members.isEmpty() || !events.isEmpty()) {
      return events;
    }
    int[] owners = pool.stream().mapToInt(this::owner).toArray();
    int[] weights = members.stream().mapToInt(m -> situation.preference().weight(m)).toArray();
    int[] plan = ShardPlan.plan(owners, weights);
    List<Event> grants = grants(pool, plan);
    return grants.isEmpty() ? moves(pool, plan) : grants;
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
        grants.add(granted(slot, members.get(plan[i]), placement));
      }
    }
    return grants;
  }

  /** Asked for when nothing is free any more: a grant may have begun a cool-down. */
  private List<Event> moves(List<Slot> pool, int[] plan) {
    if (situation.group().slots().values().stream().anyMatch(this::stops)) {
      return List.of(new Event.GroupFlapping(situation.group().info().name()));
    }
    List<Event> events = new ArrayList<>();
    int moves = situation.spec().maxMoves() - situation.onTheMove();
    for (int i = 0; i < plan.length; i++) {
      Slot slot = pool.get(i);
      Lease lease = slot.lease();
      Member owner = members.get(plan[i]);
      if (lease != null && !lease.revoked() && !lease.member().equals(owner.id()) && moves > 0) {
        Cause cause = causeOfMove(lease);
        if (cause != null) {
          events.add(LeaseDecisions.revoke(lease, cause, owner.id(), seen(lease, cause)));
          moves--;
        }
      }
    }
    return events;
  }

  private String seen(Lease lease, Cause cause) {
    Member holder = situation.group().member(lease.member());
    return cause == Cause.UNHEALTHY && holder != null ? holder.readinessDetail() : "";
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
    return lease.revoked() || places.containsKey(lease.member()) || causeOfMove(lease) != null;
  }

  private int owner(Slot slot) {
    Lease lease = slot.lease();
    Lease.Revocation revocation = lease == null ? null : lease.revocation();
    Slot.Handover handover = slot.handover();
    if (lease != null && revocation == null) {
      return place(lease.member());
    }
    if (revocation != null) {
      return place(revocation.target());
    }
    return handover == null ? ShardPlan.NOBODY : place(handover.target());
  }

  private int place(String member) {
    return places.getOrDefault(member, ShardPlan.NOBODY);
  }

  /** Why a slot may leave its holder, or null: it has to stay. */
  private @Nullable Cause causeOfMove(Lease lease) {
    Member holder = situation.group().member(lease.member());
    if (holder == null || holder.session() != lease.session()) {
      return null;
    }
    boolean leaves = leaving.contains(holder.id());
    if (situation.mayBeTakenByDrain(holder)) {
      return leaves ? Cause.DRAINED : null;
    }
    if (holder.readiness() == Readiness.UNHEALTHY) {
      return leaves && situation.mayMoveForHealth(lease) ? Cause.UNHEALTHY : null;
    }
    boolean may =
        holder.readiness() == Readiness.READY
            && !lagsOnly(holder)
            && !situation.drained(holder)
            && (leaves || !isUnwanted(holder));
    return may && situation.mayMoveByItself() ? Cause.REBALANCED : null;
  }

  /** Whether it is to have no slots at all, as things are. */
  private boolean wantsToLeave(Member holder) {
    return situation.mayBeTakenByDrain(holder)
        || (holder.readiness() == Readiness.UNHEALTHY && anybodyBetter())
        || isUnwanted(holder);
  }

  private boolean isUnwanted(Member holder) {
    return situation.preference().priority(holder) < 0;
  }

  private boolean anybodyBetter() {
    return members.stream().anyMatch(situation::fit);
  }

  /** Who has fallen behind is no candidate for more, and keeps what it has. */
  private boolean lagsOnly(Member holder) {
    return situation.excluded(holder) == Rule.LAGS;
  }

  /**
   * Who may give up all its slots, as long as enough others go on to share them: of the drained one
   * after the other, and they come first. Who has been told to give up the last one shares nothing
   * any more.
   */
  private Set<String> leaving() {
    Set<String> keeping = keeping();
    List<String> drained = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int spare = -situation.spec().minActive();
    for (Member member : situation.group().members().values()) {
      boolean keeps = keeping.contains(member.id());
      spare += keeps || places.containsKey(member.id()) ? 1 : 0;
      if (situation.mayBeTakenByDrain(member) && situation.holdsLease(member)) {
        drained.add(member.id());
      } else if (keeps && wantsToLeave(member)) {
        others.add(member.id());
      }
    }
    return Stream.concat(drained.stream().limit(1), others.stream())
        .limit(Math.max(0, spare))
        .collect(Collectors.toSet());
  }

  /** Who has a slot that it was not told to give up. */
  private Set<String> keeping() {
    Set<String> keeping = new HashSet<>();
    for (Slot slot : situation.group().slots().values()) {
      Lease lease = slot.lease();
      if (lease != null && !lease.revoked()) {
        keeping.add(lease.member());
      }
    }
    return keeping;
  }

  /** Whether its holder would lose it, were the flap budget not used up. */
  private boolean stops(Slot slot) {
    Lease lease = slot.lease();
    Member holder = lease == null ? null : situation.group().member(lease.member());
    return lease != null
        && !lease.revoked()
        && holder != null
        && holder.session() == lease.session()
        && holder.readiness() == Readiness.UNHEALTHY
        && !situation.mayBeTakenByDrain(holder)
        && leaving.contains(holder.id())
        && situation.stopsForHealth(lease);
  }

  private static Event granted(Slot slot, Member member, Placement placement) {
    Slot.Handover handover = slot.handover();
    boolean target = handover != null && handover.target().equals(member.id());
    Placement.Choice choice = placement.choice(member, target ? Rule.TARGET : Rule.SHARE);
    return Filling.granted(slot, member, choice.candidates(), choice.omitted());
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
    int[] owners =
        pool.stream()
            .mapToInt(s -> s.index() == free.index() ? place(s.target()) : owner(s))
            .toArray();
    int[] weights = members.stream().mapToInt(m -> situation.preference().weight(m)).toArray();
    return members.get(ShardPlan.plan(owners, weights)[pool.indexOf(free)]);
  }
}
