package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    if (!observes() || slots.stream().noneMatch(this::wouldLeave)) {
      return List.of();
    }
    slots.removeIf(slot -> !isInPool(slot) && !wouldLeave(slot));
    int[] plan = plan(slots.stream().mapToInt(this::owner));
    Placement placement = new Placement(situation);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < plan.length; i++) {
      Lease lease = slots.get(i).lease();
      if (lease != null && wouldLeave(slots.get(i))) {
        Placement.Choice choice = placement.choice(members.get(plan[i]), Rule.SHARE);
        events.add(Filling.withheld(slots.get(i), lease.member(), Cause.UNHEALTHY, choice));
        placement = new Placement(situation, 1);
      }
    }
    return events;
  }

  private boolean wouldLeave(Slot slot) {
    Lease lease = slot.lease();
    return lease != null
        && !lease.revoked()
        && slot.withheldRevision() == 0
        && isUnhealthyHolder(lease)
        && leaving.contains(lease.member());
  }

  /** As long as no drain may take it. */
  private boolean isUnhealthyHolder(Lease lease) {
    Member holder = situation.group().member(lease.member());
    return holder != null
        && holder.session() == lease.session()
        && holder.readiness() == Readiness.UNHEALTHY
        && !situation.mayBeTakenByDrain(holder);
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
   * after the other, and they come first; then who has begun. Who has been told to give up the last
   * one shares nothing any more.
   */
  private Set<String> leaving() {
    Map<String, Lease> kept = kept();
    List<String> drained = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int spare = -situation.spec().minActive();
    for (Member member : situation.group().members().values()) {
      Lease lease = kept.get(member.id());
      spare += lease != null || places.containsKey(member.id()) ? 1 : 0;
      if (situation.mayBeTakenByDrain(member) && situation.holdsLease(member)) {
        drained.add(member.id());
      } else if (lease != null && mayLeave(member, lease)) {
        boolean goesOn = situation.hasCounted(lease) || givesUp(member);
        (goesOn ? begun : others).add(member.id());
      }
    }
    return Stream.of(drained.stream().limit(1), begun.stream(), others.stream())
        .flatMap(who -> who)
        .limit(Math.max(0, spare))
        .collect(Collectors.toSet());
  }

  /** Whether it is to have no slots at all, as things are, and may begin to give them up now. */
  private boolean mayLeave(Member member, Lease kept) {
    if (member.readiness() == Readiness.UNHEALTHY) {
      return anybodyBetter()
          && (situation.mayMoveForHealth(kept) || situation.stopsForHealth(kept) || observes());
    }
    return isUnwanted(member) && situation.mayMoveByItself();
  }

  private boolean observes() {
    return situation.spec().failover().kind() == FailoverPolicy.Kind.OBSERVE && !situation.paused();
  }

  private boolean givesUp(Member member) {
    return situation.group().slots().values().stream()
        .map(Slot::lease)
        .anyMatch(l -> l != null && l.revoked() && l.session() == member.session());
  }

  /** One lease of each member that was not told to give it up: the oldest. */
  private Map<String, Lease> kept() {
    Map<String, Lease> kept = new HashMap<>();
    for (Slot slot : situation.group().slots().values()) {
      Lease lease = slot.lease();
      if (lease != null && !lease.revoked()) {
        kept.merge(lease.member(), lease, (one, two) -> one.epoch() < two.epoch() ? one : two);
      }
    }
    return kept;
  }

  /** Whether its holder would lose it, were the flap budget not used up. */
  private boolean stops(Slot slot) {
    Lease lease = slot.lease();
    return lease != null
        && !lease.revoked()
        && isUnhealthyHolder(lease)
        && leaving.contains(lease.member())
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
    int[] plan =
        plan(pool.stream().mapToInt(s -> s.index() == free.index() ? place(s.target()) : owner(s)));
    return members.get(plan[pool.indexOf(free)]);
  }
}
