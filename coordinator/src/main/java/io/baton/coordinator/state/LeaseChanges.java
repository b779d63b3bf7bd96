package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/** Changes leases, and keeps of each that ended what its successor, and whoever asks why, needs. */
final class LeaseChanges {
  private final ClusterState state;
  private final Changes changes;
  private final Failovers failovers;
  private final AgreementChanges agreements;

  LeaseChanges(
      ClusterState state, Changes changes, Failovers failovers, AgreementChanges agreements) {
    this.state = state;
    this.changes = changes;
    this.failovers = failovers;
    this.agreements = agreements;
  }

  void granted(Event.LeaseGranted event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member == null) {
      throw new IllegalStateException("grant to absent member " + event.member());
    }
    Slot before = group.slots().get(event.slot());
    Slot slot = before == null ? Slot.fresh(event.group(), event.slot()) : before;
    Lease lease =
        new Lease(
            event.group(),
            event.slot(),
            event.member(),
            member.session(),
            member.joinRevision(),
            state.revision(),
            changes.atMillis(),
            slot.isOrdered(),
            false,
            null);
    if (slot.countsAsFailover()) {
      failovers.count(group, slot);
    }
    changes.put(group, slot.grant(lease));
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    state.sessionThatExists(member.session()).hold(event.group(), event.slot());
    changes.changed(lease);
  }

  void started(Event.LeaseStarted event) {
    Group group = state.groupThatExists(event.group());
    Slot slot = changes.slot(event.group(), event.slot());
    Lease started = changes.lease(event.group(), event.slot()).start();
    changes.put(group, slot.start(started));
    Member holder = group.member(started.member());
    if (holder != null && holder.startFailed()) {
      changes.put(group, holder.startWell());
    }
    failovers.end(group);
    agreements.started(started);
    changes.view(event.group());
  }

  void revoked(Event.LeaseRevoked event) {
    Group group = state.groupThatExists(event.group());
    Slot slot = changes.slot(event.group(), event.slot());
    Lease.Revocation order =
        new Lease.Revocation(
            state.revision(),
            changes.atMillis(),
            event.cause(),
            event.target(),
            event.detail(),
            detectedMillis(group, event),
            orderedBy(group, slot, event));
    Lease revoked = changes.lease(event.group(), event.slot()).revoke(order);
    changes.put(group, slot.revoke(revoked));
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    changes.changed(revoked);
  }

  /** A check may have failed long before somebody was there to take over. */
  private long detectedMillis(Group group, Event.LeaseRevoked event) {
    Member holder = group.member(event.member());
    if (holder == null || holder.readiness() != Readiness.UNHEALTHY) {
      return changes.atMillis();
    }
    boolean forHealth = event.cause() == Cause.UNHEALTHY || event.cause() == Cause.FAILOVER;
    return forHealth ? holder.readinessMillis() : changes.atMillis();
  }

  /** What was ordered before, and is carried out now, is still that operator's. */
  private @Nullable Actor orderedBy(Group group, Slot slot, Event.LeaseRevoked event) {
    return switch (event.cause()) {
      case SWITCHOVER -> {
        Slot.Planned planned = slot.planned();
        yield planned != null && planned.isFor(event.target()) ? planned.actor() : changes.actor();
      }
      case DRAINED -> drainedBy(group, event.member());
      case REVOKED, FAILOVER, GROUP_DELETED -> changes.actor();
      default -> null;
    };
  }

  private @Nullable Actor drainedBy(Group group, String id) {
    Drain own = group.info().standing().drained().get(id);
    Member member = group.member(id);
    HostDrain host = member == null ? null : state.hostDrains().get(member.site().host());
    return own != null ? own.actor() : host == null ? null : host.drain().actor();
  }

  void ended(Event.LeaseEnded event) {
    Group group = state.groupThatExists(event.group());
    Lease lease = changes.lease(event.group(), event.slot());
    Slot slot = changes.slot(event.group(), event.slot());
    boolean goes =
        group.info().spec().mode().growsWithMembers()
            || event.slot() >= group.info().spec().slots();
    if (goes) {
      changes.drop(group, slot);
    } else {
      changes.put(group, slot.free(handover(slot, lease, event)));
    }
    changes.endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    beginLockDelay(group, event);
    agreements.ended(lease, event.cause());
    Session session = state.session(lease.session());
    if (session != null) {
      session.release(event.group(), event.slot());
      changes.unsettleSession(lease.session());
    }
    Member member = group.member(lease.member());
    if (member != null) {
      changes.put(group, member.yieldAt(yielded(member, lease), failed(member, lease, event)));
    }
    changes.changed(lease);
  }

  /** What its predecessor had says nothing about a process that was not tried yet. */
  private long yielded(Member member, Lease lease) {
    return member.session() == lease.session()
        ? state.revision()
        : Math.max(member.yieldedRevision(), member.joinRevision());
  }

  private static boolean failed(Member member, Lease lease, Event.LeaseEnded event) {
    Lease.Revocation revocation = lease.revocation();
    Cause cause = revocation == null ? event.cause() : revocation.cause();
    return member.startFailed()
        || (member.session() == lease.session()
            && !lease.started()
            && cause == Cause.PROMOTION_FAILED);
  }

  /** What the next holder, and whoever asks why, has to know of the lease that ended. */
  private Slot.Handover handover(Slot slot, Lease lease, Event.LeaseEnded event) {
    Lease.Revocation revocation = lease.revocation();
    Slot.Handover unfinished = lease.started() ? null : slot.handover();
    HandoverRecord earlier = unfinished == null ? null : unfinished.record();
    Session session = state.session(lease.session());
    long position = session == null ? 0 : session.progress(lease.group()).position();
    Cause cause = revocation == null ? event.cause() : revocation.cause();
    return new Slot.Handover(
        lease.member(),
        unfinished == null ? lease.session() : unfinished.session(),
        unfinished == null ? lease.epoch() : unfinished.epoch(),
        cause,
        revocation == null ? "" : revocation.target(),
        Math.max(unfinished == null ? 0 : unfinished.position(), position),
        cause == Cause.FAILOVER,
        unfinished != null && unfinished.isUnderWay(),
        record(lease, event, position, earlier));
  }

  /** Where nobody was active there is none to begin. An operator's move is no failed attempt. */
  private @Nullable HandoverRecord record(
      Lease lease, Event.LeaseEnded event, long position, @Nullable HandoverRecord earlier) {
    if (lease.started()) {
      return HandoverRecord.begin(lease, event, position, changes.atMillis());
    }
    if (earlier == null) {
      return null;
    }
    Lease.Revocation revocation = lease.revocation();
    Actor operator = revocation == null ? null : revocation.orderedBy();
    return operator == null ? earlier.failAgain() : earlier.orderedBy(operator);
  }

  private void beginLockDelay(Group group, Event.LeaseEnded event) {
    long millis = group.info().spec().failover().lockDelayMillis();
    if (millis > 0 && event.cause() != Cause.STOPPED) {
      changes.beginWait(event.group(), Wait.Kind.LOCK_DELAY, event.slot(), millis);
    }
  }
}
