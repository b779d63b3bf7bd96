package io.baton.coordinator.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes the state by events, within one round, and keeps what the round touched. Never refuses:
 * whether a thing may happen was decided before.
 */
final class Evolution implements Event.Handler<Evolution> {
  private final ClusterState state;
  private final long atMillis;
  private final HistoryWriter historyWriter;
  private final List<HistoryEvent> history = new ArrayList<>();
  private final TreeSet<Entity.Key> touched = new TreeSet<>();
  private final TreeSet<MembershipRef> orders = new TreeSet<>();
  private final TreeSet<String> views = new TreeSet<>();
  private final TreeSet<String> unsettledGroups = new TreeSet<>();
  private final TreeSet<Long> unsettledSessions = new TreeSet<>();
  private Actor actor = Actor.SYSTEM;

  Evolution(ClusterState state, long atMillis) {
    this.state = state;
    this.atMillis = atMillis;
    this.historyWriter = new HistoryWriter(state);
  }

  /** The next command, in whose name its events stand. */
  void begin(Actor nextActor) {
    actor = nextActor;
  }

  /** A member of the group says that it is at another position. */
  void progressed(String group) {
    unsettledGroups.add(group);
  }

  /** Gives the event its revision, writes it into history and changes the state by it. */
  void evolve(Event event) {
    ClusterInfo next = state.cluster().next();
    history.add(historyWriter.write(event, next.revision(), atMillis, actor));
    state.cluster(next);
    touched.add(ClusterInfo.KEY);
    event.accept(this);
  }

  /** Applies what follows from the state by itself, until nothing does. */
  void settle(Consequences consequences) {
    ArrayDeque<Event> next = new ArrayDeque<>();
    while (!unsettledGroups.isEmpty() || !unsettledSessions.isEmpty()) {
      for (String group : drain(unsettledGroups)) {
        next.addAll(consequences.of(group));
      }
      for (long session : drain(unsettledSessions)) {
        next.addAll(consequences.of(session));
      }
      next.forEach(this::evolve);
      next.clear();
    }
  }

  private static <T extends Comparable<T>> List<T> drain(Set<T> set) {
    List<T> all = new ArrayList<>(set);
    set.clear();
    return all;
  }

  /** Keeps the answer to a command for its retries, and forgets the oldest ones. */
  void remember(StoredAnswer answer) {
    state.answers().add(answer);
    touched.add(answer.key());
    StoredAnswer forgotten = state.answers().evict();
    if (forgotten != null) {
      touched.add(forgotten.key());
      state.cluster(state.cluster().answersFrom(floorWithout(forgotten)));
      touched.add(ClusterInfo.KEY);
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
      state.cluster(info.compactedAt(floor));
      touched.add(ClusterInfo.KEY);
    }
  }

  List<HistoryEvent> history() {
    return Collections.unmodifiableList(history);
  }

  Map<Entity.Key, Optional<Entity>> touched() {
    Map<Entity.Key, Optional<Entity>> values = new LinkedHashMap<>();
    touched.forEach(key -> values.put(key, state.entity(key)));
    return values;
  }

  Set<MembershipRef> orders() {
    return orders;
  }

  Set<String> views() {
    return views;
  }

  // ------------------------------------------------------------------ events

  @Override
  public Evolution clusterFounded(Event.ClusterFounded event) {
    state.cluster(
        state.cluster().founded(event.clusterId(), event.maxTtlMillis(), event.defaultTtlMillis()));
    return this;
  }

  @Override
  public Evolution coordinatorRegistered(Event.CoordinatorRegistered event) {
    state.put(event.coordinator());
    touched.add(event.coordinator().key());
    return this;
  }

  @Override
  public Evolution coordinatorRetired(Event.CoordinatorRetired event) {
    Coordinator known = state.coordinators().get(event.id());
    if (known != null) {
      state.put(known.retire());
      touched.add(known.key());
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
    touched.add(info.key());
    addSlots(group);
    return this;
  }

  @Override
  public Evolution groupChanged(Event.GroupChanged event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().withSpec(event.spec(), state.revision()));
    touched.add(group.info().key());
    addSlots(group);
    dropFreeSlots(group);
    unsettledGroups.add(event.group());
    for (Member member : group.members().values()) {
      orders.add(new MembershipRef(member.session(), event.group()));
    }
    return this;
  }

  private void addSlots(Group group) {
    for (int index = 0; index < group.info().spec().slots(); index++) {
      if (!group.slots().containsKey(index)) {
        put(group, Slot.fresh(group.info().name(), index));
      }
    }
  }

  /** A slot that the spec has no more goes with its lease. */
  private void dropFreeSlots(Group group) {
    for (Slot slot : List.copyOf(group.slots().values())) {
      if (slot.lease() == null && slot.index() >= group.info().spec().slots()) {
        group.drop(slot.index());
        touched.add(slot.key());
        endWait(Wait.keyOf(slot.group(), Wait.Kind.SWITCHOVER, slot.index()));
      }
    }
  }

  @Override
  public Evolution ttlSettled(Event.TtlSettled event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().withoutHold(event.specRevision()));
    touched.add(group.info().key());
    return this;
  }

  @Override
  public Evolution groupDeleted(Event.GroupDeleted event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().delete());
    touched.add(group.info().key());
    unsettledGroups.add(event.group());
    return this;
  }

  @Override
  public Evolution groupRemoved(Event.GroupRemoved event) {
    Group group = state.groupThatExists(event.group());
    touched.add(group.info().key());
    group.slots().values().forEach(s -> touched.add(s.key()));
    group.gone().forEach(m -> touched.add(m.key()));
    for (Wait wait : List.copyOf(state.waits())) {
      if (wait.group().equals(event.group())) {
        endWait(wait.key());
      }
    }
    state.removeGroup(event.group());
    return this;
  }

  @Override
  public Evolution sessionOpened(Event.SessionOpened event) {
    Session session = new Session(state.revision(), event.agent());
    state.put(session);
    touched.add(SessionInfo.keyOf(session.id()));
    return this;
  }

  @Override
  public Evolution sessionSuperseded(Event.SessionSuperseded event) {
    state.sessionThatExists(event.session()).supersede();
    touched.add(SessionInfo.keyOf(event.session()));
    unsettledSessions.add(event.session());
    return this;
  }

  @Override
  public Evolution sessionEnded(Event.SessionEnded event) {
    state.removeSession(event.session());
    touched.add(SessionInfo.keyOf(event.session()));
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
            atMillis,
            before == null ? 0 : before.yieldedRevision(),
            null);
    put(group, member);
    state.sessionThatExists(event.session()).join(event.group(), event.member());
    orders.add(new MembershipRef(event.session(), event.group()));
    return this;
  }

  @Override
  public Evolution memberGone(Event.MemberGone event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member == null) {
      return this;
    }
    put(group, member.go(new Member.Gone(state.revision(), atMillis, event.cause())));
    Member forgotten = group.forgetOneGone();
    if (forgotten != null) {
      touched.add(forgotten.key());
    }
    Session session = state.session(member.session());
    if (session != null) {
      session.part(event.group());
      orders.add(new MembershipRef(member.session(), event.group()));
    }
    return this;
  }

  @Override
  public Evolution readinessChanged(Event.ReadinessChanged event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member != null) {
      put(group, member.withReadiness(event.readiness(), event.detail(), atMillis));
      if (event.readiness() != Readiness.UNHEALTHY) {
        forgetWithheld(group, member);
        endFailovers(group);
      }
    }
    return this;
  }

  private void forgetWithheld(Group group, Member member) {
    for (Slot slot : List.copyOf(group.slots().values())) {
      Lease lease = slot.lease();
      if (lease != null && lease.session() == member.session() && slot.withheldRevision() != 0) {
        put(group, slot.withhold(0));
      }
    }
  }

  @Override
  public Evolution leaseGranted(Event.LeaseGranted event) {
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
            atMillis,
            slot.isOrdered(),
            false,
            null);
    if (slot.countsAsFailover()) {
      countFailover(group, slot);
    }
    put(group, slot.grant(lease));
    endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    state.sessionThatExists(member.session()).hold(event.group(), event.slot());
    changed(lease);
    return this;
  }

  /** Whoever loses several slots, at once or one after the other, fails over once. */
  private void countFailover(Group group, Slot slot) {
    GroupInfo info = group.info();
    Slot.Handover handover = slot.handover();
    if (handover == null || info.standing().hasCounted(handover.session(), handover.epoch())) {
      return;
    }
    FailoverPolicy policy = info.spec().failover();
    Standing begun = info.standing().begin(handover.session(), state.revision());
    put(group, info.with(begun));
    if (policy.flapBudget() > 0) {
      put(group, info.with(begun.count(state.revision())));
      beginWait(info.name(), Wait.Kind.FLAP, state.revision(), policy.flapWindowMillis());
    }
    if (policy.coolDownMillis() > 0) {
      beginWait(info.name(), Wait.Kind.COOL_DOWN, 0, policy.coolDownMillis());
    }
  }

  /** A failover is over when nothing that its session had is on its way, or about to be. */
  private void endFailovers(Group group) {
    for (long session : group.info().standing().counted().keySet()) {
      if (group.slots().values().stream().noneMatch(slot -> isFailing(group, slot, session))) {
        put(group, group.info().with(group.info().standing().end(session)));
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

  @Override
  public Evolution leaseStarted(Event.LeaseStarted event) {
    Group group = state.groupThatExists(event.group());
    Slot slot = slot(event.group(), event.slot());
    Lease started = lease(event.group(), event.slot()).start();
    put(group, slot.start(started));
    endFailovers(group);
    Agreement agreement = state.agreement(event.group());
    if (agreement != null && !agreement.isOf(started)) {
      end(agreement);
    }
    views.add(event.group());
    return this;
  }

  @Override
  public Evolution leaseRevoked(Event.LeaseRevoked event) {
    Group group = state.groupThatExists(event.group());
    Slot slot = slot(event.group(), event.slot());
    Lease.Revocation order =
        new Lease.Revocation(
            state.revision(),
            atMillis,
            event.cause(),
            event.target(),
            event.detail(),
            detectedMillis(group, event),
            orderedBy(group, slot, event));
    Lease revoked = lease(event.group(), event.slot()).revoke(order);
    put(group, slot.revoke(revoked));
    endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    changed(revoked);
    return this;
  }

  /** A check may have failed long before somebody was there to take over. */
  private long detectedMillis(Group group, Event.LeaseRevoked event) {
    Member holder = group.member(event.member());
    if (holder == null || holder.readiness() != Readiness.UNHEALTHY) {
      return atMillis;
    }
    boolean forHealth = event.cause() == Cause.UNHEALTHY || event.cause() == Cause.FAILOVER;
    return forHealth ? holder.readinessMillis() : atMillis;
  }

  /** What was ordered before, and is carried out now, is still that operator's. */
  private @Nullable Actor orderedBy(Group group, Slot slot, Event.LeaseRevoked event) {
    return switch (event.cause()) {
      case SWITCHOVER -> {
        Slot.Planned planned = slot.planned();
        yield planned != null && planned.to().equals(event.target()) ? planned.actor() : actor;
      }
      case DRAINED -> drainedBy(group, event.member());
      case REVOKED, FAILOVER, GROUP_DELETED -> actor;
      default -> null;
    };
  }

  private @Nullable Actor drainedBy(Group group, String id) {
    Drain own = group.info().standing().drained().get(id);
    Member member = group.member(id);
    HostDrain host = member == null ? null : state.hostDrains().get(member.site().host());
    return own != null ? own.actor() : host == null ? null : host.drain().actor();
  }

  @Override
  public Evolution leaseEnded(Event.LeaseEnded event) {
    Group group = state.groupThatExists(event.group());
    Lease lease = lease(event.group(), event.slot());
    Slot slot = slot(event.group(), event.slot());
    boolean goes =
        group.info().spec().mode().growsWithMembers()
            || event.slot() >= group.info().spec().slots();
    if (goes) {
      group.drop(event.slot());
      touched.add(slot.key());
      unsettledGroups.add(event.group());
    } else {
      put(group, slot.free(handover(slot, lease, event)));
    }
    endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    beginLockDelay(group, event);
    endAgreement(lease, event.cause());
    Session session = state.session(lease.session());
    if (session != null) {
      session.release(event.group(), event.slot());
      unsettledSessions.add(lease.session());
    }
    Member member = group.member(lease.member());
    if (member != null) {
      put(group, member.yieldAt(yielded(member, lease)));
    }
    changed(lease);
    return this;
  }

  /** What its predecessor had says nothing about a process that was not tried yet. */
  private long yielded(Member member, Lease lease) {
    return member.session() == lease.session()
        ? state.revision()
        : Math.max(member.yieldedRevision(), member.joinRevision());
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
      return HandoverRecord.begin(lease, event, position, atMillis);
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
      beginWait(event.group(), Wait.Kind.LOCK_DELAY, event.slot(), millis);
    }
  }

  private void beginWait(String group, Wait.Kind kind, long number, long millis) {
    Wait wait = new Wait(group, kind, number, state.revision(), millis);
    state.put(wait);
    touched.add(wait.key());
  }

  private void endWait(Entity.Key key) {
    if (state.removeWait(key) != null) {
      touched.add(key);
    }
  }

  private Slot slot(String group, int index) {
    Slot slot = state.groupThatExists(group).slots().get(index);
    if (slot == null) {
      throw new IllegalStateException("there is no slot " + index + " of " + group);
    }
    return slot;
  }

  private Lease lease(String group, int slot) {
    Lease lease = state.groupThatExists(group).lease(slot);
    if (lease == null) {
      throw new IllegalStateException("slot " + slot + " of " + group + " is free");
    }
    return lease;
  }

  private void changed(Lease lease) {
    orders.add(new MembershipRef(lease.session(), lease.group()));
    views.add(lease.group());
  }

  private void put(Group group, Slot slot) {
    group.put(slot);
    touched.add(slot.key());
    unsettledGroups.add(group.info().name());
  }

  private void put(Group group, Member member) {
    group.put(member);
    touched.add(member.key());
    unsettledGroups.add(group.info().name());
  }

  private void put(Group group, GroupInfo info) {
    group.info(info);
    touched.add(info.key());
    unsettledGroups.add(info.name());
  }

  private Group standing(String name, UnaryOperator<Standing> change) {
    Group group = state.groupThatExists(name);
    put(group, group.info().with(change.apply(group.info().standing())));
    return group;
  }

  // ------------------------------------------------------------------ policy

  @Override
  public Evolution groupPaused(Event.GroupPaused event) {
    standing(event.group(), s -> s.pause(new Pause(state.revision(), actor)));
    pauseFor(event.group(), event.millis());
    return this;
  }

  private void pauseFor(String group, long millis) {
    endWait(Wait.keyOf(group, Wait.Kind.PAUSE, 0));
    if (millis > 0) {
      beginWait(group, Wait.Kind.PAUSE, 0, millis);
    }
  }

  @Override
  public Evolution groupResumed(Event.GroupResumed event) {
    standing(event.group(), s -> s.pause(null));
    endWait(Wait.keyOf(event.group(), Wait.Kind.PAUSE, 0));
    return this;
  }

  @Override
  public Evolution clusterPaused(Event.ClusterPaused event) {
    state.cluster(state.cluster().pause(new Pause(state.revision(), actor)));
    pauseFor("", event.millis());
    return this;
  }

  @Override
  public Evolution clusterResumed(Event.ClusterResumed event) {
    state.cluster(state.cluster().pause(null));
    endWait(Wait.keyOf("", Wait.Kind.PAUSE, 0));
    unsettledGroups.addAll(state.groups().keySet());
    return this;
  }

  @Override
  public Evolution groupFlapping(Event.GroupFlapping event) {
    standing(event.group(), s -> s.flap(state.revision()));
    return this;
  }

  @Override
  public Evolution groupAcknowledged(Event.GroupAcknowledged event) {
    Group group = state.groupThatExists(event.group());
    for (long failover : group.info().standing().failovers()) {
      endWait(Wait.keyOf(event.group(), Wait.Kind.FLAP, failover));
    }
    standing(event.group(), Standing::acknowledge);
    return this;
  }

  @Override
  public Evolution memberDrained(Event.MemberDrained event) {
    Drain drain = new Drain(state.revision(), actor);
    standing(event.group(), s -> s.drain(event.member(), drain));
    return this;
  }

  @Override
  public Evolution memberUndrained(Event.MemberUndrained event) {
    standing(event.group(), s -> s.drain(event.member(), null));
    return this;
  }

  @Override
  public Evolution hostDrained(Event.HostDrained event) {
    HostDrain drain = new HostDrain(event.host(), new Drain(state.revision(), actor));
    state.put(drain);
    touched.add(drain.key());
    unsettledGroups.addAll(state.groups().keySet());
    return this;
  }

  @Override
  public Evolution hostUndrained(Event.HostUndrained event) {
    state.removeHostDrain(event.host());
    touched.add(HostDrain.keyOf(event.host()));
    unsettledGroups.addAll(state.groups().keySet());
    return this;
  }

  @Override
  public Evolution switchoverPlanned(Event.SwitchoverPlanned event) {
    Slot slot = slot(event.group(), event.slot());
    put(
        state.groupThatExists(event.group()),
        slot.plan(new Slot.Planned(event.target(), state.revision(), actor)));
    endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    beginWait(event.group(), Wait.Kind.SWITCHOVER, event.slot(), event.millis());
    return this;
  }

  @Override
  public Evolution switchoverDropped(Event.SwitchoverDropped event) {
    put(state.groupThatExists(event.group()), slot(event.group(), event.slot()).plan(null));
    endWait(Wait.keyOf(event.group(), Wait.Kind.SWITCHOVER, event.slot()));
    return this;
  }

  @Override
  public Evolution failoverApproved(Event.FailoverApproved event) {
    Slot slot = slot(event.group(), event.slot());
    Slot.Handover handover = slot.handover();
    Slot.Handover none = new Slot.Handover("", 0, 0, Cause.FREE_SLOT, "", 0, false, false, null);
    put(
        state.groupThatExists(event.group()),
        slot.free((handover == null ? none : handover).approve(event.target(), actor)));
    return this;
  }

  @Override
  public Evolution failoverWithheld(Event.FailoverWithheld event) {
    Slot slot = slot(event.group(), event.slot());
    put(state.groupThatExists(event.group()), slot.withhold(state.revision()));
    return this;
  }

  @Override
  public Evolution waitPassed(Event.WaitPassed event) {
    Wait wait = event.passed();
    endWait(wait.key());
    if (wait.kind() == Wait.Kind.FLAP) {
      standing(wait.group(), s -> s.discount(wait.number()));
    }
    unsettledGroups.add(wait.group());
    return this;
  }

  // ------------------------------------------------------------------ peers

  @Override
  public Evolution peersOffered(Event.PeersOffered event) {
    Agreement before = state.agreement(event.group());
    PeerList offered = new PeerList(state.revision(), event.peers());
    Lease lease = lease(event.group(), 0);
    put(
        before != null && before.isOf(lease)
            ? before.offer(offered)
            : new Agreement(
                event.group(),
                event.holder(),
                lease.session(),
                lease.epoch(),
                offered,
                PeerList.NONE));
    return this;
  }

  @Override
  public Evolution peersAcknowledged(Event.PeersAcknowledged event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null && agreement.offered().peers().isEmpty()) {
      end(agreement);
    } else if (agreement != null) {
      put(agreement.acknowledge());
    }
    return this;
  }

  @Override
  public Evolution peerSucceeded(Event.PeerSucceeded event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null) {
      put(agreement.succeed(event.dead(), event.next()));
    }
    return this;
  }

  @Override
  public Evolution agreementEnded(Event.AgreementEnded event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null) {
      end(agreement);
    }
    return this;
  }

  /** A lease that ended where its holder may work on leaves its agreement behind. */
  private void endAgreement(Lease lease, Cause cause) {
    Agreement agreement = state.agreement(lease.group());
    boolean knownToHaveStopped = cause == Cause.STOPPED || cause == Cause.PROVEN_DEAD;
    if (agreement != null && agreement.isOf(lease) && (knownToHaveStopped || !agreement.binds())) {
      end(agreement);
    }
  }

  private void put(Agreement agreement) {
    state.put(agreement);
    changed(agreement);
  }

  private void end(Agreement agreement) {
    state.removeAgreement(agreement.group());
    changed(agreement);
  }

  private void changed(Agreement agreement) {
    touched.add(agreement.key());
    orders.add(new MembershipRef(agreement.session(), agreement.group()));
    unsettledGroups.add(agreement.group());
  }
}
