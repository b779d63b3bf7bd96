package io.baton.coordinator.state;

/** Counts failovers against the flap budget and the cool-down: by session, each as a whole. */
final class Failovers {
  private final Changes changes;

  Failovers(Changes changes) {
    this.changes = changes;
  }

  /** Whoever loses several slots, at once or one after the other, fails over once. */
  void count(Group group, Slot slot) {
    GroupInfo info = group.info();
    Slot.Handover handover = slot.handover();
    if (handover == null || info.standing().hasCounted(handover.session(), handover.epoch())) {
      return;
    }
    FailoverPolicy policy = info.spec().failover();
    Standing begun = info.standing().begin(handover.session(), changes.revision());
    changes.put(group, info.with(begun));
    if (policy.flapBudget() > 0) {
      changes.put(group, info.with(begun.count(changes.revision())));
      changes.beginWait(info.name(), Wait.Kind.FLAP, changes.revision(), policy.flapWindowMillis());
    }
    if (policy.coolDownMillis() > 0) {
      changes.beginWait(info.name(), Wait.Kind.COOL_DOWN, 0, policy.coolDownMillis());
    }
  }

  /** A failover is over when nothing that its session had is on its way, or about to be. */
  void end(Group group) {
    for (long session : group.info().standing().counted().keySet()) {
      if (group.slots().values().stream().noneMatch(slot -> isFailing(group, slot, session))) {
        changes.put(group, group.info().with(group.info().standing().end(session)));
      }
    }
  }

  private static boolean isFailing(Group group, Slot slot, long session) {
    Slot.Handover handover = slot.handover();
    Lease lease = slot.lease();
    Member holder = lease == null ? null : group.member(lease.member());
    boolean unwell =
        holder != null && holder.session() == session && holder.readiness() == Readiness.UNHEALTHY;
    return (handover != null && handover.session() == session)
        || (lease != null && lease.session() == session && (lease.revoked() || unwell));
  }
}
