package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state: groups, members, sessions and leases. Every coordinator applies the same
 * rounds in the same order and so has the same state.
 *
 * <p>A command is taken in two steps: a decider reads the state and returns events or a refusal,
 * and {@link Evolution} changes the state by those events and never refuses. What follows from the
 * new state by itself ({@link Consequences}) is found and applied in the same round.
 *
 * <p>Not thread-safe: one thread, the apply thread, owns it; others look at it only within a query
 * that runs there.
 */
public final class ClusterState {
  private final TreeMap<String, Coordinator> coordinators = new TreeMap<>();
  private final TreeMap<String, Group> groups = new TreeMap<>();
  private final TreeMap<Long, Session> sessions = new TreeMap<>();
  private final Answers answers = new Answers();
  private final TreeMap<Entity.Key, Wait> waits = new TreeMap<>();
  private final TreeMap<String, HostDrain> hostDrains = new TreeMap<>();
  private final TreeMap<String, Agreement> agreements = new TreeMap<>();
  private final Decider decider = new Decider(this);
  private final Consequences consequences = new Consequences(this);
  private ClusterInfo cluster = ClusterInfo.UNFOUNDED;

  private ClusterState() {}

  /** The state before the first round. */
  public static ClusterState empty() {
    return new ClusterState();
  }

  /** The state whose entities these are, in canonical order. */
  public static ClusterState restore(Stream<Entity> entities) {
    ClusterState state = new ClusterState();
    new Image(state).restore(entities);
    return state;
  }

  /** All entities, in the canonical order of their keys. */
  public Stream<Entity> entities() {
    return new Image(this).entities();
  }

  /** The sessions' images; the only entities that change without being reported as touched. */
  public Stream<Entity> sessionEntities() {
    return sessions.values().stream().map(Session::info);
  }

  /**
   * Applies one round. Never fails on bad input: a command that can't be taken is refused and
   * changes nothing.
   */
  public RoundResult apply(Round round) {
    Evolution evolution = new Evolution(this, round.atMillis());
    List<RenewalResult> renewals = new ArrayList<>(round.renewals().size());
    for (Renewal renewal : round.renewals()) {
      renewals.add(renew(renewal, evolution));
    }
    evolution.begin(Actor.SYSTEM);
    evolution.settle(consequences);
    List<Outcome> outcomes = new ArrayList<>(round.requests().size());
    for (Request request : round.requests()) {
      outcomes.add(apply(request, evolution));
    }
    evolution.compact();
    Changes changes = evolution.changes();
    return new RoundResult(
        round,
        renewals,
        outcomes,
        changes.history(),
        changes.touched(),
        changes.orders(),
        changes.views());
  }

  /**
   * Rule 5: the session's next renewal number, or the answer that it is gone. No event, no
   * revision.
   */
  private RenewalResult renew(Renewal renewal, Evolution evolution) {
    Session session = sessions.get(renewal.session());
    if (session == null || session.superseded()) {
      return new RenewalResult(renewal.session(), renewal.keepalive(), 0);
    }
    renewal
        .progress()
        .forEach(
            (group, progress) -> {
              if (session.progress(group, progress)) {
                evolution.progressed(group);
              }
            });
    return new RenewalResult(renewal.session(), renewal.keepalive(), session.renew());
  }

  private Outcome apply(Request request, Evolution evolution) {
    RequestId id = request.id();
    if (id != null) {
      StoredAnswer first = answers.find(id);
      if (first != null) {
        return first.answer();
      }
      if (id.baseRevision() < cluster.answersFloor()) {
        return new Outcome.Rejected(
            Outcome.Code.STALE_REQUEST,
            "id.base_revision",
            "the answers to requests based before revision "
                + cluster.answersFloor()
                + " are forgotten: look whether it was done, then ask anew");
      }
    }
    Decision decision = request.command().accept(decider);
    if (decision instanceof Decision.Refuse refuse) {
      return refuse.why();
    }
    Decision.Accept accepted = (Decision.Accept) decision;
    evolution.begin(request.actor());
    accepted.events().forEach(evolution::evolve);
    evolution.settle(consequences);
    if (request.command() instanceof Command.Join join) {
      renewByJoin(join);
    }
    Outcome.Applied applied = new Outcome.Applied(revision(), accepted.result());
    if (id != null) {
      evolution.remember(new StoredAnswer(id.client(), id.sequence(), applied));
    }
    return applied;
  }

  /** Rule 5: a join counts as a renewal. */
  private void renewByJoin(Command.Join join) {
    Session session = sessions.get(join.session());
    if (session != null) {
      session.renew();
    }
  }

  // ------------------------------------------------------------------ what a query may ask

  /** Why this command would be refused now; null: it would be taken. Changes nothing. */
  public Outcome.@Nullable Rejected refusal(Command command) {
    return command.accept(decider) instanceof Decision.Refuse refuse ? refuse.why() : null;
  }

  /** What belongs to the cluster as a whole. */
  public ClusterInfo cluster() {
    return cluster;
  }

  /** Revision of the last change. */
  public long revision() {
    return cluster.revision();
  }

  /** Coordinators that are or were registered, by id. */
  public SortedMap<String, Coordinator> coordinators() {
    return Collections.unmodifiableSortedMap(coordinators);
  }

  /** Groups by name. */
  public SortedMap<String, Group> groups() {
    return Collections.unmodifiableSortedMap(groups);
  }

  /** A group, or null. */
  public @Nullable Group group(String name) {
    return groups.get(name);
  }

  /** A session, or null. */
  public @Nullable Session session(long id) {
    return sessions.get(id);
  }

  /** All sessions, the oldest first. */
  public Collection<Session> sessions() {
    return Collections.unmodifiableCollection(sessions.values());
  }

  /** What waits for a time to pass, in the order of their keys. */
  public Collection<Wait> waits() {
    return Collections.unmodifiableCollection(waits.values());
  }

  /** Hosts whose members are drained, by name. */
  public SortedMap<String, HostDrain> hostDrains() {
    return Collections.unmodifiableSortedMap(hostDrains);
  }

  /** On whom actives may rely, by group; of groups that are gone, too. */
  public SortedMap<String, Agreement> agreements() {
    return Collections.unmodifiableSortedMap(agreements);
  }

  /** On whom the active of a group of that name may rely, or null. */
  public @Nullable Agreement agreement(String group) {
    return agreements.get(group);
  }

  /** The wait under a key, or null. */
  public @Nullable Wait waitOf(Entity.Key key) {
    return waits.get(key);
  }

  // ------------------------------------------------------------------ for this package

  void put(Wait wait) {
    waits.put(wait.key(), wait);
  }

  @Nullable Wait removeWait(Entity.Key key) {
    return waits.remove(key);
  }

  void put(HostDrain drain) {
    hostDrains.put(drain.host(), drain);
  }

  void removeHostDrain(String host) {
    hostDrains.remove(host);
  }

  void put(Agreement agreement) {
    agreements.put(agreement.group(), agreement);
  }

  void removeAgreement(String group) {
    agreements.remove(group);
  }

  Group groupThatExists(String name) {
    Group group = groups.get(name);
    if (group == null) {
      throw new IllegalStateException("no group " + name);
    }
    return group;
  }

  Session sessionThatExists(long id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw new IllegalStateException("no session " + id);
    }
    return session;
  }

  void cluster(ClusterInfo next) {
    cluster = next;
  }

  void put(Coordinator coordinator) {
    coordinators.put(coordinator.id(), coordinator);
  }

  void put(Group group) {
    groups.put(group.info().name(), group);
  }

  void removeGroup(String name) {
    groups.remove(name);
  }

  void put(Session session) {
    sessions.put(session.id(), session);
  }

  void removeSession(long id) {
    sessions.remove(id);
  }

  Answers answers() {
    return answers;
  }

  Optional<Entity> entity(Entity.Key key) {
    return Optional.ofNullable(find(key));
  }

  private @Nullable Entity find(Entity.Key key) {
    Group group = groups.get(key.name());
    Session session = sessions.get(key.number());
    return switch (key.kind()) {
      case CLUSTER -> cluster;
      case COORDINATOR -> coordinators.get(key.name());
      case GROUP -> group == null ? null : group.info();
      case SLOT -> group == null ? null : group.slots().get((int) key.number());
      case MEMBER -> group == null ? null : memberOf(group, key.part());
      case SESSION -> session == null ? null : session.info();
      case ANSWER -> answers.get(key);
      case WAIT -> waits.get(key);
      case HOST_DRAIN -> hostDrains.get(key.name());
      case AGREEMENT -> agreements.get(key.name());
    };
  }

  private static @Nullable Member memberOf(Group group, String id) {
    Member present = group.member(id);
    return present != null ? present : group.goneMember(id);
  }
}
