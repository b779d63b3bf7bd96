package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * Takes a lease away from a holder that could keep it: because an operator or the spec wants it, or
 * because somebody healthier or more preferred is there. Nobody is counted on as the next holder of
 * two slots: what an operator did not order goes one after the other in a group. And never below
 * min-active: a lease is only taken where somebody can have it, or enough others are active.
 */
final class Moves {
  private final Situation situation;
  private final Placement placement;

  Moves(Situation situation) {
    this.situation = situation;
    this.placement = new Placement(situation);
  }

  /** The next move, or null. What an operator has ordered comes before what can wait for it. */
  @Nullable Event next() {
    Event move = first(this::surplus);
    move = move != null ? move : first(this::planned);
    return move != null || situation.onTheMove() > 0 ? move : first(this::leaving);
  }

  /** Why a lease is taken from a slot, or null. */
  private interface Reason {
    @Nullable Event of(Slot slot, Lease lease);
  }

  private @Nullable Event first(Reason reason) {
    for (Slot slot : situation.group().slots().values()) {
      Lease lease = slot.lease();
      Event move = lease == null || lease.revoked() ? null : reason.of(slot, lease);
      if (move != null) {
        return move;
      }
    }
    return null;
  }

  private @Nullable Event leaving(Slot slot, Lease lease) {
    Member holder = holder(lease);
    if (holder == null) {
      return null;
    }
    if (situation.mayBeTakenByDrain(holder)) {
      return mayGo(slot) ? LeaseDecisions.revoke(lease, Cause.DRAINED, "", "") : null;
    }
    if (situation.preference().priority(holder) < 0) {
      return mayGo(slot) ? LeaseDecisions.revoke(lease, Cause.SPEC_CHANGED, "", "") : null;
    }
    if (holder.readiness() == Readiness.UNHEALTHY) {
      return unhealthy(slot, lease, holder);
    }
    return failback(slot, lease, holder);
  }

  /** Where there are fewer slots than before, the others have to be enough first. */
  private @Nullable Event surplus(Slot slot, Lease lease) {
    return isSurplus(slot) && (!lease.started() || enoughOthers())
        ? LeaseDecisions.revoke(lease, Cause.SPEC_CHANGED, "", "")
        : null;
  }

  private boolean isSurplus(Slot slot) {
    return slot.index() >= situation.spec().slots() && !situation.spec().mode().growsWithMembers();
  }

  /** A holder whose membership has ended is about to lose its lease by other rules. */
  private @Nullable Member holder(Lease lease) {
    Member holder = situation.group().member(lease.member());
    return holder != null && holder.session() == lease.session() ? holder : null;
  }

  private @Nullable Event planned(Slot slot, Lease lease) {
    Slot.Planned planned = slot.planned();
    if (planned == null || isSurplus(slot)) {
      return null;
    }
    Member best = placement.bestToSpare(slot.index());
    Member target = planned.to().isEmpty() ? best : situation.group().member(planned.to());
    return best != null && target != null && situation.fit(target)
        ? LeaseDecisions.revoke(lease, Cause.SWITCHOVER, target.id(), "")
        : null;
  }

  private boolean mayGo(Slot slot) {
    return hasSuccessor(slot) || enoughOthers();
  }

  private boolean enoughOthers() {
    return situation.actives() > situation.spec().minActive();
  }

  /**
   * Whether somebody can have the slot, and the group is not left with fewer actives in the end. A
   * free slot that something holds back needs a candidate, too, where too few are active.
   */
  private boolean hasSuccessor(Slot slot) {
    GroupSpec spec = situation.spec();
    if (spec.mode().growsWithMembers() || isSurplus(slot)) {
      return false;
    }
    int candidates = situation.candidates();
    boolean enough = situation.actives() + candidates > spec.minActive();
    return candidates > situation.freeSlots() || (candidates > 0 && enough);
  }

  /** Where every member is active nobody takes over: enough others have to be. */
  private @Nullable Event unhealthy(Slot slot, Lease lease, Member holder) {
    boolean better =
        situation.spec().mode().growsWithMembers() ? enoughOthers() : hasSuccessor(slot);
    if (!better) {
      return null;
    }
    if (situation.mayMoveForHealth(lease)) {
      return LeaseDecisions.revoke(lease, Cause.UNHEALTHY, "", holder.readinessDetail());
    }
    if (situation.stopsForHealth(lease)) {
      return new Event.GroupFlapping(lease.group());
    }
    boolean observed = situation.spec().failover().kind() == FailoverPolicy.Kind.OBSERVE;
    return observed && !situation.paused() && slot.withheldRevision() == 0
        ? Filling.withheld(slot, lease.member(), Cause.UNHEALTHY, placement.chooseFreely(slot))
        : null;
  }

  private @Nullable Event failback(Slot slot, Lease lease, Member holder) {
    if (situation.spec().failover().failback() != FailoverPolicy.Failback.PREFERRED
        || !lease.started()
        || lease.ordered()
        || !hasSuccessor(slot)
        || !situation.mayMoveByItself()) {
      return null;
    }
    Member preferred = placement.mostPreferred();
    return preferred != null && placement.comparePreference(preferred, holder) < 0
        ? LeaseDecisions.revoke(lease, Cause.FAILBACK, preferred.id(), "")
        : null;
  }
}
