package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * Takes a lease away from a holder that could keep it: because an operator or the spec wants it, or
 * because somebody healthier or more preferred is there. One after the other in a group, and never
 * below min-active: a lease is only taken where somebody can have it, or enough others are active.
 */
final class Moves {
  private final Situation situation;
  private final Placement placement;

  Moves(Situation situation) {
    this.situation = situation;
    this.placement = new Placement(situation);
  }

  /** The next move, or null. */
  @Nullable Event next() {
    boolean onTheMove = situation.onTheMove() > 0;
    for (Slot slot : situation.group().slots().values()) {
      Lease lease = slot.lease();
      if (lease != null && !lease.revoked()) {
        Event move = move(slot, lease, onTheMove);
        if (move != null) {
          return move;
        }
      }
    }
    return null;
  }

  private @Nullable Event move(Slot slot, Lease lease, boolean onTheMove) {
    if (isTooMany(slot, lease)) {
      return LeaseDecisions.revoke(lease, Cause.SPEC_CHANGED, "", "");
    }
    Event planned = planned(slot, lease);
    if (planned != null || onTheMove) {
      return planned;
    }
    Member holder = holder(lease);
    if (holder == null) {
      return null;
    }
    if (situation.mayBeTakenByDrain(holder)) {
      return mayGo() ? LeaseDecisions.revoke(lease, Cause.DRAINED, "", "") : null;
    }
    if (situation.preference().priority(holder) < 0) {
      return mayGo() ? LeaseDecisions.revoke(lease, Cause.SPEC_CHANGED, "", "") : null;
    }
    if (holder.readiness() == Readiness.UNHEALTHY) {
      return unhealthy(slot, lease, holder);
    }
    return failback(lease, holder);
  }

  /** Where there are fewer slots than before, the others have to be enough first. */
  private boolean isTooMany(Slot slot, Lease lease) {
    return slot.index() >= situation.spec().slots()
        && !situation.spec().mode().growsWithMembers()
        && (!lease.started() || situation.actives() > situation.spec().minActive());
  }

  /** A holder whose membership has ended is about to lose its lease by other rules. */
  private @Nullable Member holder(Lease lease) {
    Member holder = situation.group().member(lease.member());
    return holder != null && holder.session() == lease.session() ? holder : null;
  }

  private @Nullable Event planned(Slot slot, Lease lease) {
    Slot.Planned planned = slot.planned();
    Member target = planned == null ? null : situation.group().member(planned.to());
    return planned != null && target != null && situation.fit(target)
        ? LeaseDecisions.revoke(lease, Cause.SWITCHOVER, planned.to(), "")
        : null;
  }

  private boolean mayGo() {
    return placement.best() != null || situation.actives() > situation.spec().minActive();
  }

  /** Where every member is active nobody takes over: enough others have to be. */
  private @Nullable Event unhealthy(Slot slot, Lease lease, Member holder) {
    boolean better =
        situation.spec().mode().growsWithMembers()
            ? situation.actives() > situation.spec().minActive()
            : placement.best() != null;
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

  private @Nullable Event failback(Lease lease, Member holder) {
    if (situation.spec().failover().failback() != FailoverPolicy.Failback.PREFERRED
        || !lease.started()
        || lease.ordered()
        || !situation.mayMoveByItself()) {
      return null;
    }
    Member preferred = placement.mostPreferred();
    return preferred != null && placement.comparePreference(preferred, holder) < 0
        ? LeaseDecisions.revoke(lease, Cause.FAILBACK, preferred.id(), "")
        : null;
  }
}
