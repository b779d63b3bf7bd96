package io.baton.coordinator.state;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A group as the rules see it: who is a candidate, and what holds a slot back. Made anew for each
 * decision; pure.
 */
final class Situation {
  private final ClusterState state;
  private final Group group;
  private final GroupSpec spec;
  private final @Nullable Agreement agreement;
  private final long furthest;
  private final String hostOnTurn;
  private @Nullable Set<Long> begun;
  private @Nullable Set<String> hostsOnTurn;

  Situation(ClusterState state, Group group) {
    this(state, group, "");
  }

  /** As it is where a drain of that host may begin to take leases of the group; empty: of none. */
  Situation(ClusterState state, Group group, String hostOnTurn) {
    this(state, group, hostOnTurn, state.agreement(group.info().name()));
  }

  /** As it is once nobody can be at work by its peers' word. */
  static Situation ofNoAgreement(ClusterState state, Group group) {
    return new Situation(state, group, "", null);
  }

  private Situation(
      ClusterState state, Group group, String hostOnTurn, @Nullable Agreement agreement) {
    this.state = state;
    this.group = group;
    this.hostOnTurn = hostOnTurn;
    this.agreement = agreement;
    this.spec = group.info().spec();
    this.furthest = spec.preference().maxLag() == Preference.ANY_LAG ? 0 : furthest();
  }

  Group group() {
    return group;
  }

  GroupSpec spec() {
    return spec;
  }

  Preference preference() {
    return spec.preference();
  }

  // ------------------------------------------------------------------ members

  /** Why a member is no candidate, or null. */
  @Nullable Rule excluded(Member member) {
    Rule hard = excludedWhateverHappens(member);
    if (hard != null) {
      return hard;
    }
    if (member.readiness() == Readiness.UNHEALTHY) {
      return Rule.UNHEALTHY;
    }
    return lags(member) ? Rule.LAGS : null;
  }

  /** Why not even an operator makes it a candidate, or null. */
  @Nullable Rule excludedWhateverHappens(Member member) {
    if (member.readiness() == Readiness.SYNCING) {
      return Rule.SYNCING;
    }
    if (drained(member)) {
      return Rule.DRAINED;
    }
    if (preference().priority(member) < 0) {
      return Rule.NEVER;
    }
    if (!spec.mode().sharesOut() && holdsLease(member)) {
      return Rule.HOLDS_A_LEASE;
    }
    return mayBeRelied(member) ? null : Rule.NOT_IN_LIST;
  }

  /** Whether it is known to start nothing while the last holder works on by its peers' word. */
  private boolean mayBeRelied(Member member) {
    return agreement == null || !agreement.isOpen(group) || agreement.acknowledged().names(member);
  }

  /** On whom the group's active, or its last one, may rely; or null. */
  @Nullable Agreement agreement() {
    return agreement;
  }

  boolean fit(Member member) {
    return excluded(member) == null;
  }

  /** Whether somebody who may be active is READY or on the way there. */
  boolean anyoneMayBecomeFit() {
    return group.members().values().stream()
        .anyMatch(
            m ->
                m.readiness() != Readiness.UNHEALTHY
                    && !drained(m)
                    && mayBeRelied(m)
                    && preference().priority(m) >= 0);
  }

  /** At a cold start an unhealthy active is better than none; each process is tried once. */
  boolean isBetterThanNobody(Member member) {
    return excluded(member) == Rule.UNHEALTHY && !member.hasYieldedSinceItJoined();
  }

  boolean drained(Member member) {
    return drained(state, group, member);
  }

  static boolean drained(ClusterState state, Group group, Member member) {
    return drainedItself(group, member)
        || (!member.site().host().isEmpty()
            && state.hostDrains().containsKey(member.site().host()));
  }

  static boolean drainedItself(Group group, Member member) {
    return group.info().standing().drained().containsKey(member.id());
  }

  /** Whether a drain may take the leases of a member now; with its host, when it is their turn. */
  boolean mayBeTakenByDrain(Member holder) {
    return drained(holder)
        && (!HostDrains.leavesInTurn(state, group, holder)
            || hostsOnTurn().contains(holder.site().host()));
  }

  /**
   * Beside the one that was said: what has begun goes on, unless other groups are there as well.
   */
  private Set<String> hostsOnTurn() {
    if (hostsOnTurn == null) {
      hostsOnTurn = HostDrains.left(state, group);
      if (!hostsOnTurn.isEmpty()) {
        HostDrains drains = new HostDrains(state);
        hostsOnTurn.removeIf(host -> !drains.isTurnOf(group.info().name(), host));
      }
      hostsOnTurn.add(hostOnTurn);
    }
    return hostsOnTurn;
  }

  boolean holdsLease(Member member) {
    return !state.sessionThatExists(member.session()).slotsIn(group.info().name()).isEmpty();
  }

  long position(Member member) {
    return state.sessionThatExists(member.session()).progress(group.info().name()).position();
  }

  private boolean lags(Member member) {
    return furthest - position(member) > preference().maxLag();
  }

  /** The furthest position that anybody said, those included whose lease has just ended. */
  private long furthest() {
    long furthest = 0;
    for (Member member : group.members().values()) {
      furthest = Math.max(furthest, position(member));
    }
    for (Slot slot : group.slots().values()) {
      Slot.Handover handover = slot.handover();
      furthest = handover == null ? furthest : Math.max(furthest, handover.position());
    }
    return furthest;
  }

  // ------------------------------------------------------------------ the group

  boolean paused() {
    return state.cluster().pause() != null || group.info().standing().pause() != null;
  }

  boolean coolingDown() {
    return state.waitOf(Wait.keyOf(group.info().name(), Wait.Kind.COOL_DOWN, 0)) != null;
  }

  /** Whether the coordinator may move a lease that could stay where it is. */
  boolean mayMoveByItself() {
    return spec.failover().kind() == FailoverPolicy.Kind.AUTOMATIC
        && !paused()
        && !group.info().standing().flapping()
        && !coolingDown();
  }

  /**
   * As above, for want of health; and what has begun goes on, through the cool-down of its own.
   * Others wait until it is known what those count that have begun before.
   */
  boolean mayMoveForHealth(Lease unhealthy) {
    if (hasCounted(unhealthy.session(), unhealthy.epoch())) {
      return spec.failover().kind() == FailoverPolicy.Kind.AUTOMATIC
          && !paused()
          && !group.info().standing().flapping();
    }
    int budget = spec.failover().flapBudget();
    return mayMoveByItself()
        && (budget == 0
            || group.info().standing().failovers().size() + begunBut(unhealthy) < budget);
  }

  /** Whether one that may not be moved for want of health is what stops the group. */
  boolean stopsForHealth(Lease unhealthy) {
    return mayMoveByItself()
        && !hasCounted(unhealthy.session(), unhealthy.epoch())
        && flapBudgetUsedUp();
  }

  /** Failovers of others that have begun and do not count yet. */
  private int begunBut(Lease unhealthy) {
    if (begun == null) {
      begun = new TreeSet<>();
      group.slots().values().stream().map(this::failing).forEach(begun::add);
      begun.remove(0L);
    }
    return begun.size() - (begun.contains(unhealthy.session()) ? 1 : 0);
  }

  /** Whose failover a slot is part of, that does not count yet; 0: nobody's. */
  private long failing(Slot slot) {
    Lease lease = slot.lease();
    Lease.Revocation revocation = lease == null ? null : lease.revocation();
    if (lease != null
        && revocation != null
        && revocation.cause().isFailure()
        && !hasCounted(lease.session(), lease.epoch())) {
      return lease.session();
    }
    Slot.Handover handover = slot.handover();
    return handover != null && lease == null && isUncounted(slot) ? handover.session() : 0;
  }

  /** Whether its next grant is a failover that does not count yet. */
  boolean isUncounted(Slot slot) {
    Slot.Handover handover = slot.handover();
    return handover != null
        && slot.countsAsFailover()
        && !hasCounted(handover.session(), handover.epoch());
  }

  /** Whether one more failover would be the first that is one too many. */
  boolean flapBudgetUsedUp() {
    int budget = spec.failover().flapBudget();
    Standing standing = group.info().standing();
    return budget > 0 && !standing.flapping() && standing.failovers().size() >= budget;
  }

  /** Whether granting it would be one failover too many. */
  boolean wouldFlap(Slot slot) {
    return isUncounted(slot) && !slot.isUnderWay() && flapBudgetUsedUp();
  }

  /** Whether the loss of that lease is part of a failover that goes on. */
  boolean hasCounted(Lease lease) {
    return hasCounted(lease.session(), lease.epoch());
  }

  private boolean hasCounted(long session, long epoch) {
    return group.info().standing().hasCounted(session, epoch);
  }

  /** Why a free slot is not simply granted to the best candidate, or null. */
  @Nullable Rule heldBack(Slot slot) {
    return lockDelayed(slot.index()) ? Rule.LOCK_DELAY : heldBackForLonger(slot);
  }

  /** The same, but for a lock delay, which passes by itself. */
  private @Nullable Rule heldBackForLonger(Slot slot) {
    Slot.Handover handover = slot.handover();
    if (slot.isUnderWay()) {
      return null;
    }
    if (handover != null && group.info().standing().flapping()) {
      return Rule.FLAPPING;
    }
    if (paused() && !spec.mode().growsWithMembers()) {
      return Rule.PAUSED;
    }
    if (handover == null) {
      return null;
    }
    return switch (spec.failover().kind()) {
      case AUTOMATIC -> null;
      case MANUAL -> Rule.MANUAL;
      case OBSERVE -> Rule.OBSERVE;
    };
  }

  /** Whether the slot's last holder may still be at work without knowing that it lost the lease. */
  boolean lockDelayed(int slot) {
    return state.waitOf(Wait.keyOf(group.info().name(), Wait.Kind.LOCK_DELAY, slot)) != null;
  }

  /** The lowest slot that nobody holds, where slots come and go with leases. */
  Slot lowestFreeSlot() {
    int index = 0;
    while (group.slots().containsKey(index) || lockDelayed(index)) {
      index++;
    }
    return Slot.fresh(group.info().name(), index);
  }

  /** Slots that are being handed from one member to another though nobody failed. */
  int onTheMove() {
    int moving = 0;
    for (Slot slot : group.slots().values()) {
      moving += isOnTheMove(slot) ? 1 : 0;
    }
    return moving;
  }

  /** A free slot that nobody can have waits for somebody, and is not on its way. */
  private boolean isOnTheMove(Slot slot) {
    Lease lease = slot.lease();
    if (lease != null && lease.revoked()) {
      return true;
    }
    if (!slot.isUnderWay()) {
      return false;
    }
    return lease == null ? lockDelayed(slot.index()) || anyoneFit() : !lease.started();
  }

  boolean anyoneFit() {
    return group.members().values().stream().anyMatch(this::fit);
  }

  /** How many members could have a slot now. */
  int candidates() {
    return (int) group.members().values().stream().filter(this::fit).count();
  }

  /** How many slots wait for a holder, whatever holds them back. */
  int freeSlots() {
    return (int)
        group.slots().values().stream()
            .filter(slot -> slot.lease() == null && slot.index() < spec.slots())
            .count();
  }

  /**
   * How many candidates nobody counts on: slots that are handed over, or are about to be granted,
   * each need one, but for that slot's own.
   */
  int spareCandidates(int slot) {
    return candidates()
        - (int)
            group.slots().values().stream()
                .filter(each -> each.index() != slot && needsHolder(each))
                .count();
  }

  /** To whom the other slots are to go that are handed over, or are going to be. */
  Set<String> targetsBut(int slot) {
    Set<String> targets = new TreeSet<>();
    for (Slot each : group.slots().values()) {
      if (each.index() != slot && !each.target().isEmpty()) {
        targets.add(each.target());
      }
    }
    return targets;
  }

  private boolean needsHolder(Slot slot) {
    Lease lease = slot.lease();
    return (lease == null ? heldBackForLonger(slot) == null : lease.revoked())
        && slot.index() < spec.slots();
  }

  /** Members that are active and were not told to stop. */
  int actives() {
    int actives = 0;
    for (Slot slot : group.slots().values()) {
      Lease lease = slot.lease();
      actives += lease != null && lease.started() && !lease.revoked() ? 1 : 0;
    }
    return actives;
  }
}
