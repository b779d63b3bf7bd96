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

  void begin(Actor nextActor) {
    actor = nextActor;
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
        new GroupInfo(event.group(), event.spec(), revision, revision, false, List.of());
    Group group = new Group(info);
    state.put(group);
    touched.add(info.key());
    for (int index = 0; index < event.spec().slots(); index++) {
      put(group, new Slot(event.group(), index, null, null));
    }
    return this;
  }

  @Override
  public Evolution groupChanged(Event.GroupChanged event) {
    Group group = state.groupThatExists(event.group());
    group.info(group.info().withSpec(event.spec(), state.revision()));
    touched.add(group.info().key());
    for (Member member : group.members().values()) {
      orders.add(new MembershipRef(member.session(), event.group()));
    }
    return this;
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
            event.readiness(),
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
      put(group, member.withReadiness(event.readiness()));
    }
    return this;
  }

  @Override
  public Evolution leaseGranted(Event.LeaseGranted event) {
    Group group = state.groupThatExists(event.group());
    Member member = group.member(event.member());
    if (member == null) {
      throw new IllegalStateException("grant to absent member " + event.member());
    }
    Lease lease =
        new Lease(
            event.group(),
            event.slot(),
            event.member(),
            member.session(),
            member.joinRevision(),
            state.revision(),
            atMillis,
            false,
            null);
    put(group, new Slot(event.group(), event.slot(), lease, null));
    state.sessionThatExists(member.session()).hold(event.group(), event.slot());
    changed(lease);
    return this;
  }

  @Override
  public Evolution leaseStarted(Event.LeaseStarted event) {
    replace(event.group(), event.slot(), lease(event.group(), event.slot()).start());
    views.add(event.group());
    return this;
  }

  @Override
  public Evolution leaseRevoked(Event.LeaseRevoked event) {
    Lease.Revocation order = new Lease.Revocation(state.revision(), event.cause(), event.target());
    Lease revoked = lease(event.group(), event.slot()).revoke(order);
    replace(event.group(), event.slot(), revoked);
    changed(revoked);
    return this;
  }

  @Override
  public Evolution leaseEnded(Event.LeaseEnded event) {
    Group group = state.groupThatExists(event.group());
    Lease lease = lease(event.group(), event.slot());
    Lease.Revocation revocation = lease.revocation();
    Slot.Handover handover =
        new Slot.Handover(
            lease.member(),
            revocation == null ? event.cause() : revocation.cause(),
            revocation == null ? "" : revocation.target());
    put(group, new Slot(event.group(), event.slot(), null, handover));
    Session session = state.session(lease.session());
    if (session != null) {
      session.release(event.group(), event.slot());
      unsettledSessions.add(lease.session());
    }
    Member member = group.member(lease.member());
    if (member != null) {
      put(group, member.yieldAt(state.revision()));
    }
    changed(lease);
    return this;
  }

  private Lease lease(String group, int slot) {
    Lease lease = state.groupThatExists(group).lease(slot);
    if (lease == null) {
      throw new IllegalStateException("slot " + slot + " of " + group + " is free");
    }
    return lease;
  }

  private void replace(String group, int slot, Lease lease) {
    put(state.groupThatExists(group), new Slot(group, slot, lease, null));
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
}
