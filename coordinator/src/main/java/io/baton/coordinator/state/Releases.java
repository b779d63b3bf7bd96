package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which slots of a sharded group may leave their holders, and why: so that slots are evenly shared,
 * or because a holder is to have none at all. Of the latter only so many leave that min-active
 * others go on.
 */
final class Releases {
  private final Situation situation;
  private final Set<String> leaving;

  Releases(Situation situation) {
    this.situation = situation;
    this.leaving = leaving();
  }

  boolean allows(Lease lease) {
    return cause(lease) != null;
  }

  /** The order to give a slot up to another member, or null: it has to stay. */
  @Nullable Event release(Lease lease, String target) {
    Cause cause = cause(lease);
    Member holder = holder(lease);
    if (cause == null || holder == null) {
      return null;
    }
    String seen = cause == Cause.UNHEALTHY ? holder.readinessDetail() : "";
    return LeaseDecisions.revoke(lease, cause, target, seen);
  }

  private @Nullable Cause cause(Lease lease) {
    Member holder = holder(lease);
    if (holder == null) {
      return null;
    }
    boolean leaves = leaving.contains(holder.id());
    if (situation.mayBeTakenByDrain(holder)) {
      return leaves ? Cause.DRAINED : null;
    }
    if (holder.readiness() == Readiness.UNHEALTHY) {
      return leaves && situation.mayMoveForHealth(lease) ? Cause.UNHEALTHY : null;
    }
    return mayBeMoved(holder) && (leaves || !isUnwanted(holder)) ? Cause.REBALANCED : null;
  }

  /** A holder whose membership has ended is about to lose its leases by other rules. */
  private @Nullable Member holder(Lease lease) {
    Member holder = situation.group().member(lease.member());
    return holder != null && holder.session() == lease.session() ? holder : null;
  }

  /** Who has fallen behind is no candidate for more, and keeps what it has. */
  private boolean mayBeMoved(Member holder) {
    return holder.readiness() == Readiness.READY
        && situation.excluded(holder) != Rule.LAGS
        && !situation.drained(holder)
        && situation.mayMoveByItself();
  }

  private boolean isUnwanted(Member holder) {
    return situation.preference().priority(holder) < 0;
  }

  /** Whether its holder would lose it for want of health, were the flap budget not used up. */
  boolean stopsGroup(Slot slot) {
    Lease lease = slot.lease();
    return lease != null && isUnhealthyAndLeaving(lease) && situation.stopsForHealth(lease);
  }

  /** Whether its holder would lose it for want of health, were failover not only observed. */
  boolean isToBeWithheld(Slot slot) {
    Lease lease = slot.lease();
    return lease != null
        && observes()
        && slot.withheldRevision() == 0
        && isUnhealthyAndLeaving(lease);
  }

  /** As long as no drain may take it. */
  private boolean isUnhealthyAndLeaving(Lease lease) {
    Member holder = lease.revoked() ? null : holder(lease);
    return holder != null
        && holder.readiness() == Readiness.UNHEALTHY
        && leaving.contains(holder.id())
        && !situation.mayBeTakenByDrain(holder);
  }

  private boolean observes() {
    return situation.spec().failover().kind() == FailoverPolicy.Kind.OBSERVE && !situation.paused();
  }

  /**
   * Who may give up all its slots, as long as enough others go on to share them: of the drained one
   * after the other, and they come first; then who has begun. Who has been told to give up the last
   * one shares nothing any more; nor does an unhealthy member that has nothing, though it gets what
   * is free where there is no better.
   */
  private Set<String> leaving() {
    Map<Long, Lease> kept = kept();
    Set<Long> givingUp = givingUp();
    List<String> drained = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    List<String> others = new ArrayList<>();
    boolean anyoneFit = situation.anyoneFit();
    int spare = -situation.spec().minActive();
    for (Member member : situation.group().members().values()) {
      Lease lease = kept.get(member.session());
      spare += lease != null || situation.fit(member) ? 1 : 0;
      if (situation.mayBeTakenByDrain(member) && situation.holdsLease(member)) {
        drained.add(member.id());
      } else if (lease != null && mayLeave(member, lease, anyoneFit)) {
        boolean goesOn = situation.hasCounted(lease) || givingUp.contains(member.session());
        (goesOn ? begun : others).add(member.id());
      }
    }
    return Stream.of(drained.stream().limit(1), begun.stream(), others.stream())
        .flatMap(who -> who)
        .limit(Math.max(0, spare))
        .collect(Collectors.toSet());
  }

  /** One lease of each session that was not told to give it up: the oldest. */
  private Map<Long, Lease> kept() {
    Map<Long, Lease> kept = new HashMap<>();
    for (Slot slot : situation.group().slots().values()) {
      Lease lease = slot.lease();
      if (lease != null && !lease.revoked()) {
        kept.merge(lease.session(), lease, (one, two) -> one.epoch() < two.epoch() ? one : two);
      }
    }
    return kept;
  }

  /** Whether it is to have no slots at all, as things are, and may begin to give them up now. */
  private boolean mayLeave(Member member, Lease kept, boolean anyoneFit) {
    if (member.readiness() == Readiness.UNHEALTHY) {
      return anyoneFit
          && (situation.mayMoveForHealth(kept) || situation.stopsForHealth(kept) || observes());
    }
    return isUnwanted(member) && mayBeMoved(member);
  }

  /** The sessions that were told to give up slots, and still hold them. */
  private Set<Long> givingUp() {
    return situation.group().slots().values().stream()
        .map(Slot::lease)
        .filter(lease -> lease != null && lease.revoked())
        .map(Lease::session)
        .collect(Collectors.toSet());
  }
}
