package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A state machine and the few words in which tests talk to it: each call is one round, and {@link
 * #events()} are those of the last one.
 */
final class StateFixture {
  private static final UUID PROPOSER = new UUID(0, 1);

  private final ClusterState state;
  private long rounds;
  private @Nullable RoundResult last;

  StateFixture() {
    this(ClusterState.empty());
  }

  StateFixture(ClusterState state) {
    this.state = state;
  }

  /** A group {@code orders} (TTL 5 s) without members. */
  static StateFixture withGroup() {
    StateFixture fixture = new StateFixture();
    fixture.create("orders");
    return fixture;
  }

  ClusterState state() {
    return state;
  }

  // ------------------------------------------------------------------ rounds

  RoundResult round(List<Renewal> renewals, Request... requests) {
    RoundId id = new RoundId(PROPOSER, ++rounds);
    RoundResult result = state.apply(new Round(id, 1_000 * rounds, renewals, List.of(requests)));
    last = result;
    return result;
  }

  Outcome send(Command command) {
    return round(List.of(), Request.of(command)).outcomes().get(0);
  }

  Outcome send(RequestId id, Command command) {
    return round(List.of(), new Request(id, Actor.SYSTEM, command)).outcomes().get(0);
  }

  /** Sends a command that must be taken. */
  Outcome.Applied accept(Command command) {
    Outcome outcome = send(command);
    assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    return (Outcome.Applied) outcome;
  }

  /** Sends a command that must be refused with this code and field, and must change nothing. */
  Outcome.Rejected refuse(Outcome.Code code, String field, Command command) {
    List<Entity> before = state.entities().toList();
    Outcome outcome = send(command);
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    Outcome.Rejected rejected = (Outcome.Rejected) outcome;
    assertThat(rejected).extracting(Outcome.Rejected::code).isEqualTo(code);
    assertThat(rejected.field()).isEqualTo(field);
    assertThat(rejected.message()).isNotBlank();
    assertThat(events()).isEmpty();
    assertThat(state.entities()).containsExactlyElementsOf(before);
    return rejected;
  }

  /** Renews once and returns the renewal number; 0: the session is gone. */
  long renew(long session) {
    return round(List.of(new Renewal(session, 1))).renewals().get(0).renewalNumber();
  }

  // ------------------------------------------------------------------ what happened

  RoundResult last() {
    if (last == null) {
      throw new IllegalStateException("no round yet");
    }
    return last;
  }

  List<HistoryEvent> events() {
    return last().events();
  }

  List<HistoryEvent.Type> types() {
    return events().stream().map(HistoryEvent::type).toList();
  }

  /** The only event of that type in the last round. */
  HistoryEvent event(HistoryEvent.Type type) {
    List<HistoryEvent> found = events().stream().filter(e -> e.type() == type).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  // ------------------------------------------------------------------ what exists

  Group group(String name) {
    return state.groupThatExists(name);
  }

  Session session(long id) {
    return state.sessionThatExists(id);
  }

  Member member(String group, String id) {
    Member member = group(group).member(id);
    if (member == null) {
      throw new AssertionError(id + " is not present in " + group);
    }
    return member;
  }

  /** The lease of the group's first slot, which must be held. */
  Lease lease(String group) {
    return lease(group, 0);
  }

  Lease lease(String group, int slot) {
    Lease lease = group(group).lease(slot);
    if (lease == null) {
      throw new AssertionError("nobody holds slot " + slot + " of " + group);
    }
    return lease;
  }

  /** Who holds the group's only slot; empty: nobody. */
  String holder(String group) {
    Lease lease = group(group).lease(0);
    return lease == null ? "" : lease.member();
  }

  Stream<Entity> entities() {
    return state.entities();
  }

  // ------------------------------------------------------------------ the usual commands

  long create(String group) {
    return create(group, GroupSpec.DEFAULT);
  }

  /** Creates a group and returns its spec revision. */
  long create(String group, GroupSpec spec) {
    return stored(new Command.CreateGroup(group, spec));
  }

  /** Changes the group's TTL and returns its spec revision. */
  long changeTtl(String group, long millis) {
    GroupSpec spec = group(group).info().spec().withTtlMillis(millis);
    return stored(new Command.UpdateGroup(group, spec, 0));
  }

  private long stored(Command command) {
    return ((Outcome.GroupStored) accept(command).result()).specRevision();
  }

  long open(String agent) {
    return ((Outcome.Opened) accept(new Command.OpenSession(agent)).result()).session();
  }

  long join(JoinBuilder join) {
    return ((Outcome.Joined) accept(join.build()).result()).joinRevision();
  }

  /** Opens a session and makes it a READY member of the group. */
  long member(String group, String member, String incarnation, String directory) {
    long session = open("agent-" + incarnation);
    join(JoinBuilder.of(session, group, member).as(incarnation).from(directory));
    return session;
  }

  /** Opens a session and makes it a READY member of {@code orders}, without state directory. */
  long member(String member) {
    return member("orders", member, member + "-1", "");
  }

  void ready(long session, String group, Readiness readiness) {
    long joinRevision = membership(session, group).joinRevision();
    accept(new Command.SetReadiness(session, group, joinRevision, readiness, ""));
  }

  Member membership(long session, String group) {
    String id = session(session).memberships().get(group);
    if (id == null) {
      throw new AssertionError("session " + session + " is no member of " + group);
    }
    return member(group, id);
  }

  Command.Expire expiry(long session, String group) {
    return new Command.Expire(
        session,
        group,
        session(session).renewalNumber(),
        group(group).info().specRevision(),
        5_000);
  }

  Command.Takeover takeover(long session) {
    return new Command.Takeover(session, session(session).renewalNumber());
  }

  Command.ForceFree force(Lease lease) {
    Lease.Revocation revocation = lease.revocation();
    return new Command.ForceFree(
        lease.group(),
        lease.slot(),
        lease.epoch(),
        revocation == null ? 0 : revocation.revision(),
        group(lease.group()).info().specRevision());
  }

  static Command.Stopped stopped(Lease lease) {
    return new Command.Stopped(lease.session(), lease.group(), lease.slot(), lease.epoch());
  }

  static Command.Started started(Lease lease) {
    return new Command.Started(lease.session(), lease.group(), lease.slot(), lease.epoch());
  }

  static Command.Lapsed lapsed(Lease lease, Cause cause) {
    return new Command.Lapsed(
        lease.session(), lease.group(), lease.slot(), lease.epoch(), cause, "disk on fire");
  }
}
