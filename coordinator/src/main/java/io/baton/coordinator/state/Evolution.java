package io.baton.coordinator.state;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Changes the state by events, within one round. Never refuses: whether a thing may happen was
 * decided before.
 */
final class Evolution implements Event.Handler<Evolution> {
  private final ClusterState state;
  private final Changes changes;
  private final Failovers failovers;
  private final LeaseChanges leases;
  private final PolicyChanges policy;
  private final AgreementChanges agreements;

  Evolution(ClusterState state, long atMillis) {
    this.state = state;
    this.changes = new Changes(state, atMillis);
    this.failovers = new Failovers(changes);
    this.agreements = new AgreementChanges(state, changes);
    this.leases = new LeaseChanges(state, changes, failovers, agreements);
    this.policy = new PolicyChanges(state, changes);
  }

  /** The next command, in whose name its events stand. */
  void begin(Actor actor) {
    changes.begin(actor);
  }

  /** A member of the group says that it is at another position. */
  void progressed(String group) {
    changes.unsettle(group);
  }

  /** Gives the event its revision, writes it into history and changes the state by it. */
  void evolve(Event event) {
    changes.record(event);
    event.accept(this);
  }

  /** Applies what follows from the state by itself, until nothing does. */
  void settle(Consequences consequences) {
    TreeSet<String> settled = new TreeSet<>();
    List<Event> drains = List.of();
    do {
      drains.forEach(this::evolve);
      settle(consequences, settled);
      if (changes.takeHostMayBeLeft()) {
        settled.addAll(state.groups().keySet());
      }
      drains = consequences.ofHostDrains(settled);
    } while (!drains.isEmpty());
  }

  private void settle(Consequences consequences, Set<String> settled) {
    ArrayDeque<Event> next = new ArrayDeque<>();
    while (!changes.isSettled()) {
      for (String group : changes.takeGroups()) {
        settled.add(group);
        next.addAll(consequences.of(group));
      }
      for (long session : changes.takeSessions()) {
        next.addAll(consequences.of(session));
      }
      next.forEach(this::evolve);
      next.clear();
    }
  }

  /** Keeps the answer to a command for its retries, and forgets the oldest ones. */
  void remember(StoredAnswer answer) {
    state.answers().add(answer);
    changes.touch(answer.key());
    StoredAnswer forgotten = state.answers().evict();
    if (forgotten != null) {
      changes.touch(forgotten.key());
      changes.put(state.cluster().answersFrom(floorWithout(forgotten)));
    }
  }

  /**
   * No retry of a forgotten command reaches it: that one's base is at most the revision of its
   * answer, and equal where it changed nothing. No request based on the present is refused.
   */
  private long floorWithout(StoredAnswer forgotten) {
    return Math.min(forgotten.answer().revision() + 1, state.revision());
  }

  /** Moves the compaction floor, so that history keeps its bounded length. */
  void compact() {
    ClusterInfo info = state.cluster();
    long floor = info.revision() - Limits.EVENTS_KEPT;
    if (floor > info.compactedRevision()) {
      changes.put(info.compactedAt(floor));
    }
  }

  /** What the round has changed, once it is settled. */
  Changes changes() {
    return changes;
  }

  // ------------------------------------------------------------------ cluster, groups

  @Override
  public Evolution clusterFounded(Event.ClusterFounded event) {
    state.cluster(
        state.cluster().founded(event.clusterId(), event.maxTtlMillis(), event.defaultTtlMillis()));
    return this;
  }

  @Override
  public Evolution coordinatorRegistered(Event.CoordinatorRegistered event) {
    state.put(event.coordinator());
    changes.touch(event.coordinator().key());
    return this;
  }

  @Override
  public Evolution coordinatorRetired(Event.CoordinatorRetired event) {
    Coordinator known = state.coordinators().get(event.id());
    if (known != null) {
      state.put(known.retire());
      changes.touch(known.key());
    }
    return this;
  }

  @Override
  public Evolution leaderSuspectedItself(Event.LeaderSuspectedItself event) {
    state.cluster(state.cluster().suspectedIn(event.term()));
    return this;
  }

  @Override
  public Evolution groupCreated(Event.GroupCreated event) {
    long revision = state.revision();
    GroupInfo info =
        new GroupInfo(
            event.group(), event.spec(), revision, revision, false, List.of(), Standing.NORMAL);
    Group group = new Group(info);
    state.put(group);
    changes.touch(info.key());
    addSlots(group);
    return this;
  }

  @Override
  public Evolution groupChanged(Event.GroupChanged event) {
    Group group = state.groupThatExists(event.group());
    FailoverPolicy.Kind kind = group.info().spec().failover().kind();
    group.info(group.info().withSpec(event.spec(), state.revision()));
    changes.touch(group.info().key());
    if (event.spec().failover().kind() != kind) {
      forgetWithheld(group, slot -> true);
    }
    addSlots(group);
    dropFreeSlots(group);
    changes.unsettle(event.group());
    for (Member member : group.members().values()) {
      changes.order(member.session(), event.group());
    }
    return this;
  }

  private void addSlots(Group group) {
    for (int index = 0; index < group.info().spec().slots(); index++) {
      if (!group.slots().containsKey(index)) {
        changes.put(group, Slot.fresh(group.info().name(), index));
      }
    }
  }

  /** A slot that the spec has no more goes with its lease. */
  private void dropFreeSlots(Group group) {
    for (Slot slot : List.copyOf(group.slots().values())) {
      if (slot.lease() == null && slot.index() >= group.info().spec().slots()) {
        changes.drop(group, slot);
        changes.endWait(Wait.keyOf(slot.group(), Wait.Kind.SWITCHOVER, slot.index()));
      }
    }
  }

  @Override
  public Evolution ttlSettled(Event.TtlSettled event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().withoutHold(event.specRevision()));
    changes.touch(group.info().key());
    return this;
  }

  @Override
  public Evolution groupDeleted(Event.GroupDeleted event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().delete());
    changes.touch(group.info().key());
    changes.unsettle(event.group());
    return this;
  }

  @Override
  public Evolution groupRemoved(Event.GroupRemoved event) {
    Group group = state.groupThatExists(event.group());
    changes.touch(group.info().key());
    group.slots().values().forEach(s -> changes.touch(s.key()));
    group.gone().forEach(m -> changes.touch(m.key()));
    for (Wait wait : List.copyOf(state.waits())) {
      if (wait.group().equals(event.group())) {
        changes.endWait(wait.key());
      }
    }
    state.removeGroup(event.group());
    changes.hostMayBeLeft();
    return this;
  }

  // ------------------------------------------------------------------ sessions, members

  @Override
  public Evolution sessionOpened(Event.SessionOpened event) {
    Session session = new Session(state.revision(), event.agent());
    state.put(session);
    changes.touch(SessionInfo.keyOf(session.id()));
    return this;
  }

  @Override
  public Evolution sessionSuperseded(Event.SessionSuperseded event) {
    state.sessionThatExists(event.session()).supersede();
    changes.touch(SessionInfo.keyOf(event.session()));
    changes.unsettleSession(event.session());
    return this;
  }

  @Override
  public Evolution sessionEnded(Event.SessionEnded event) {
    state.removeSession(event.session());
    changes.touch(SessionInfo.keyOf(event.session()));
    return this;
  }

  @Override
  public Evolution memberJoined(Event.MemberJoined event) {
    Group group = state.groupThatExists(event.group());
    Member before = group.goneMember(event.member());
    Member member =
        new Member(
            event.group(),
            event.member(),
            event.session(),
            event.incarnation(),
            event.directory(),
            state.revision(),
            event.address(),
            event.metadata(),
            event.site(),
            event.readiness(),
            "",
            changes.atMillis(),
            before == null ? 0 : before.yieldedRevision(),
            false,
            null);
    changes.put(group, member);
    state.sessionThatExists(event.session()).join(event.group(), event.member());
    changes.order(event.session(), event.group());
    return this;
  }

  @Override
  public Evolution memberGone(Event.MemberGone event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member == null) {
      return this;
    }
    changes.put(
        group, member.go(new Member.Gone(state.revision(), changes.atMillis(), event.cause())));
    Member forgotten = group.forgetOneGone();
    if (forgotten != null) {
      changes.touch(forgotten.key());
    }
    Session session = state.session(member.session());
    if (session != null) {
      session.part(event.group());
      changes.order(member.session(), event.group());
    }
    return this;
  }

  @Override
  public Evolution readinessChanged(Event.ReadinessChanged event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member != null) {
      changes.put(
          group, member.withReadiness(event.readiness(), event.detail(), changes.atMillis()));
      if (event.readiness() != Readiness.UNHEALTHY) {
        forgetWithheld(group, slot -> isHeldBy(slot, member));
        failovers.end(group);
      }
    }
    return this;
  }

  /** What was recorded once is recorded again where it happens anew. */
  private void forgetWithheld(Group group, Predicate<Slot> which) {
    for (Slot slot : List.copyOf(group.slots().values())) {
      if (slot.withheldRevision() != 0 && which.test(slot)) {
        changes.put(group, slot.withhold(0));
      }
    }
  }

  private static boolean isHeldBy(Slot slot, Member member) {
    Lease lease = slot.lease();
    return lease != null && lease.session() == member.session();
  }

  // ------------------------------------------------------------------ leases

  @Override
  public Evolution leaseGranted(Event.LeaseGranted event) {
    leases.granted(event);
    return this;
  }

  @Override
  public Evolution leaseStarted(Event.LeaseStarted event) {
    leases.started(event);
    return this;
  }

  @Override
  public Evolution leaseRevoked(Event.LeaseRevoked event) {
    leases.revoked(event);
    return this;
  }

  @Override
  public Evolution leaseEnded(Event.LeaseEnded event) {
    leases.ended(event);
    return this;
  }

  // ------------------------------------------------------------------ policy

  @Override
  public Evolution groupPaused(Event.GroupPaused event) {
    policy.groupPaused(event);
    return this;
  }

  @Override
  public Evolution groupResumed(Event.GroupResumed event) {
    policy.groupResumed(event);
    return this;
  }

  @Override
  public Evolution clusterPaused(Event.ClusterPaused event) {
    policy.clusterPaused(event);
    return this;
  }

  @Override
  public Evolution clusterResumed(Event.ClusterResumed event) {
    policy.clusterResumed(event);
    return this;
  }

  @Override
  public Evolution groupFlapping(Event.GroupFlapping event) {
    policy.groupFlapping(event);
    return this;
  }

  @Override
  public Evolution groupAcknowledged(Event.GroupAcknowledged event) {
    policy.groupAcknowledged(event);
    return this;
  }

  @Override
  public Evolution memberDrained(Event.MemberDrained event) {
    policy.memberDrained(event);
    return this;
  }

  @Override
  public Evolution memberUndrained(Event.MemberUndrained event) {
    policy.memberUndrained(event);
    return this;
  }

  @Override
  public Evolution hostDrained(Event.HostDrained event) {
    policy.hostDrained(event);
    return this;
  }

  @Override
  public Evolution hostUndrained(Event.HostUndrained event) {
    policy.hostUndrained(event);
    return this;
  }

  @Override
  public Evolution switchoverPlanned(Event.SwitchoverPlanned event) {
    policy.switchoverPlanned(event);
    return this;
  }

  @Override
  public Evolution switchoverDropped(Event.SwitchoverDropped event) {
    policy.switchoverDropped(event);
    return this;
  }

  @Override
  public Evolution failoverApproved(Event.FailoverApproved event) {
    policy.failoverApproved(event);
    return this;
  }

  @Override
  public Evolution failoverWithheld(Event.FailoverWithheld event) {
    policy.failoverWithheld(event);
    return this;
  }

  @Override
  public Evolution waitPassed(Event.WaitPassed event) {
    policy.waitPassed(event);
    return this;
  }

  // ------------------------------------------------------------------ peers

  @Override
  public Evolution peersOffered(Event.PeersOffered event) {
    agreements.peersOffered(event);
    return this;
  }

  @Override
  public Evolution peersAcknowledged(Event.PeersAcknowledged event) {
    agreements.peersAcknowledged(event);
    return this;
  }

  @Override
  public Evolution peerSucceeded(Event.PeerSucceeded event) {
    agreements.peerSucceeded(event);
    return this;
  }

  @Override
  public Evolution agreementEnded(Event.AgreementEnded event) {
    agreements.agreementEnded(event);
    return this;
  }
}
