package io.baton.coordinator.state;

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
 * What a round has changed so far: what is to be written, who is to be told, what has to be looked
 * at because of it. Whoever changes an entity says so here.
 */
final class Changes {
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
  private boolean hostMayBeLeft;

  Changes(ClusterState state, long atMillis) {
    this.state = state;
    this.atMillis = atMillis;
    this.historyWriter = new HistoryWriter(state);
  }

  /** The next command, in whose name its events stand. */
  void begin(Actor nextActor) {
    actor = nextActor;
  }

  /** In whose name the events stand that are applied now. */
  Actor actor() {
    return actor;
  }

  /** The leader's clock, as of this round. */
  long atMillis() {
    return atMillis;
  }

  /** Revision of the last change. */
  long revision() {
    return state.revision();
  }

  /** Gives the event its revision, and writes it into history. */
  void record(Event event) {
    ClusterInfo next = state.cluster().next();
    history.add(historyWriter.write(event, next.revision(), atMillis, actor));
    put(next);
  }

  // ------------------------------------------------------------------ what is written

  /** The entity is changed, or gone. */
  void touch(Entity.Key key) {
    touched.add(key);
  }

  void put(ClusterInfo info) {
    state.cluster(info);
    touched.add(ClusterInfo.KEY);
  }

  void put(Group group, GroupInfo info) {
    group.info(info);
    touched.add(info.key());
    unsettledGroups.add(info.name());
  }

  void standing(String name, UnaryOperator<Standing> change) {
    Group group = state.groupThatExists(name);
    put(group, group.info().with(change.apply(group.info().standing())));
  }

  void put(Group group, Slot slot) {
    endDrain(group.slots().get(slot.index()));
    group.put(slot);
    touched.add(slot.key());
    unsettledGroups.add(group.info().name());
  }

  void drop(Group group, Slot slot) {
    endDrain(slot);
    group.drop(slot.index());
    touched.add(slot.key());
    unsettledGroups.add(group.info().name());
  }

  private void endDrain(@Nullable Slot before) {
    hostMayBeLeft |= before != null && before.drainedFrom() != null;
  }

  void put(Group group, Member member) {
    group.put(member);
    touched.add(member.key());
    unsettledGroups.add(group.info().name());
  }

  void beginWait(String group, Wait.Kind kind, long number, long millis) {
    Wait wait = new Wait(group, kind, number, state.revision(), millis);
    state.put(wait);
    touched.add(wait.key());
  }

  void endWait(Entity.Key key) {
    if (state.removeWait(key) != null) {
      touched.add(key);
    }
  }

  /** The slot, which exists; whether it does was decided before. */
  Slot slot(String group, int index) {
    Slot slot = state.groupThatExists(group).slots().get(index);
    if (slot == null) {
      throw new IllegalStateException("there is no slot " + index + " of " + group);
    }
    return slot;
  }

  /** The slot's lease, which exists. */
  Lease lease(String group, int slot) {
    Lease lease = state.groupThatExists(group).lease(slot);
    if (lease == null) {
      throw new IllegalStateException("slot " + slot + " of " + group + " is free");
    }
    return lease;
  }

  // ------------------------------------------------------------------ what is to be told

  /** The session has to hear where its membership of the group stands. */
  void order(long session, String group) {
    orders.add(new MembershipRef(session, group));
  }

  /** Who follows the group has to hear who is active. */
  void view(String group) {
    views.add(group);
  }

  /** The holder and the group's followers have to hear of it. */
  void changed(Lease lease) {
    order(lease.session(), lease.group());
    view(lease.group());
  }

  // ------------------------------------------------------------------ what is to be looked at

  void unsettle(String group) {
    unsettledGroups.add(group);
  }

  void unsettleAllGroups() {
    unsettledGroups.addAll(state.groups().keySet());
  }

  void unsettleSession(long session) {
    unsettledSessions.add(session);
  }

  /** A lease that a drain took may not be on its way any more: it may be another group's turn. */
  void hostMayBeLeft() {
    hostMayBeLeft = true;
  }

  /** Whether it may be another group's turn, which counts as looked at from now on. */
  boolean takeHostMayBeLeft() {
    boolean may = hostMayBeLeft;
    hostMayBeLeft = false;
    return may;
  }

  boolean isSettled() {
    return unsettledGroups.isEmpty() && unsettledSessions.isEmpty();
  }

  /** The groups to look at, which count as looked at from now on. */
  List<String> takeGroups() {
    return take(unsettledGroups);
  }

  /** The sessions to look at, which count as looked at from now on. */
  List<Long> takeSessions() {
    return take(unsettledSessions);
  }

  private static <T extends Comparable<T>> List<T> take(Set<T> set) {
    List<T> all = new ArrayList<>(set);
    set.clear();
    return all;
  }

  // ------------------------------------------------------------------ what the round leaves

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
}
