package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides the commands about sessions and memberships. Reads the state, changes nothing. */
final class SessionDecisions {
  private final ClusterState state;
  private final AgreementDecisions agreements;

  SessionDecisions(ClusterState state) {
    this.state = state;
    this.agreements = new AgreementDecisions(state);
  }

  Decision open(Command.OpenSession command) {
    return Decision.accept(
        new Outcome.Opened(state.revision() + 1),
        List.of(new Event.SessionOpened(command.agent())));
  }

  Decision close(Command.CloseSession command) {
    Session session = state.session(command.session());
    if (session == null || session.superseded()) {
      return noSession(command.session());
    }
    if (session.holdsLeases()) {
      return Decision.refuse(
          Code.PRECONDITION, "session", "session " + command.session() + " still holds a lease");
    }
    return Decision.accept(Outcome.Done.DONE, end(session, Cause.LEFT));
  }

  /**
   * Admits a member; a restarted one takes its old place at once only with proof of death (design
   * §3.18).
   */
  Decision join(Command.Join command) {
    Outcome.Rejected invalid = Validation.join(command);
    if (invalid != null) {
      return new Decision.Refuse(invalid);
    }
    Session session = state.session(command.session());
    if (session == null || session.superseded()) {
      return noSession(command.session());
    }
    Group group = state.group(command.group());
    if (group == null || group.info().deleting()) {
      return GroupDecisions.noGroup("group", command.group());
    }
    if (group.info().spec().mode().sharesOut() && !command.sharesOut()) {
      return Decision.refuse(
          Code.PRECONDITION,
          "shares_out",
          "group "
              + command.group()
              + " is sharded, and this member's agent or listener is not made for that");
    }
    Decision rejoin = rejoin(command, session, group);
    if (rejoin != null) {
      return rejoin;
    }
    List<Event> events = new ArrayList<>();
    Member registered = group.member(command.member());
    if (registered != null) {
      Session old = state.session(registered.session());
      if (old == null || !command.provesDeathOf(registered)) {
        return alreadyExists(command);
      }
      events.addAll(end(old, Cause.PROVEN_DEAD));
    }
    events.addAll(agreements.joined(command));
    events.add(
        new Event.MemberJoined(
            command.group(),
            command.member(),
            command.session(),
            command.incarnation(),
            command.directory(),
            command.address(),
            command.metadata(),
            command.site(),
            readiness(command, group)));
    return Decision.accept(new Outcome.Joined(state.revision() + events.size()), events);
  }

  /** Whether its checks pass it does not know yet: it learns of them now. */
  private static Readiness readiness(Command.Join command, Group group) {
    return waitsForChecks(command, group) ? Readiness.SYNCING : command.readiness();
  }

  private static boolean waitsForChecks(Command.Join command, Group group) {
    return command.runsChecks()
        && command.readiness() == Readiness.READY
        && !group.info().spec().checks().isEmpty();
  }

  /**
   * A session that is a member already gets its standing membership, or is refused under another id
   * or incarnation.
   */
  private static @Nullable Decision rejoin(Command.Join command, Session session, Group group) {
    String standing = session.memberships().get(command.group());
    if (standing == null) {
      return null;
    }
    Member member = group.member(standing);
    if (!standing.equals(command.member()) || member == null) {
      return Decision.refuse(
          Code.ALREADY_EXISTS,
          "member",
          "this session is member " + standing + " of group " + command.group());
    }
    if (!member.incarnation().equals(command.incarnation())) {
      return Decision.refuse(
          Code.ALREADY_EXISTS,
          "incarnation",
          "this session joined as incarnation "
              + member.incarnation()
              + "; a new process opens a new session");
    }
    List<Event> events =
        member.readiness() == command.readiness() || waitsForChecks(command, group)
            ? List.of()
            : List.of(
                new Event.ReadinessChanged(
                    command.group(), command.member(), command.readiness(), ""));
    return Decision.accept(new Outcome.Joined(member.joinRevision()), events);
  }

  private static Decision alreadyExists(Command.Join command) {
    return Decision.refuse(
        Code.ALREADY_EXISTS,
        "member",
        "member "
            + command.member()
            + " of group "
            + command.group()
            + " is alive in another process; two processes must not share an id");
  }

  Decision leave(Command.Leave command) {
    Member member = member(command.session(), command.group(), command.joinRevision());
    if (member == null) {
      return noMembership(command.group());
    }
    Session session = state.session(command.session());
    if (session != null && !session.slotsIn(command.group()).isEmpty()) {
      return Decision.refuse(
          Code.PRECONDITION, "group", "the member still holds a lease of " + command.group());
    }
    return Decision.accept(new Event.MemberGone(command.group(), member.id(), Cause.LEFT));
  }

  Decision setReadiness(Command.SetReadiness command) {
    Member member = member(command.session(), command.group(), command.joinRevision());
    if (member == null) {
      return noMembership(command.group());
    }
    boolean known =
        member.readiness() == command.readiness()
            && subject(member.readinessDetail()).equals(subject(command.detail()));
    return known
        ? Decision.nothing()
        : Decision.accept(
            new Event.ReadinessChanged(
                command.group(), member.id(), command.readiness(), command.detail()));
  }

  /** What a reason is about: its figures change all the time, and are not worth an event each. */
  private static String subject(String detail) {
    int colon = detail.indexOf(':');
    return colon < 0 ? detail : detail.substring(0, colon);
  }

  /** Rule 7: void if a later renewal stands in the log before it, or a newer spec. */
  Decision expire(Command.Expire command) {
    return lose(
        command.session(),
        command.group(),
        command.renewalNumber(),
        command.specRevision(),
        Cause.SESSION_EXPIRED,
        command.silentMillis());
  }

  /** Rule 19: the same, sooner, where the group's spec takes a broken connection for a sign. */
  Decision disconnected(Command.Disconnected command) {
    Group group = state.group(command.group());
    if (group != null && group.info().spec().failover().disconnectGraceMillis() == 0) {
      return Decision.overtaken("a broken connection proves nothing in this group");
    }
    return lose(
        command.session(),
        command.group(),
        command.renewalNumber(),
        command.specRevision(),
        Cause.DISCONNECTED,
        command.silentMillis());
  }

  private Decision lose(
      long sessionId,
      String groupName,
      long renewalNumber,
      long specRevision,
      Cause cause,
      long silentMillis) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    if (session == null || group == null) {
      return Decision.overtaken("session or group is gone");
    }
    if (session.renewalNumber() != renewalNumber || group.info().specRevision() != specRevision) {
      return Decision.overtaken("renewed since, or another spec");
    }
    List<Event> events = endLeases(session, group, cause, silentMillis);
    String member = session.memberships().get(groupName);
    if (member != null) {
      events.add(new Event.MemberGone(groupName, member, cause));
    }
    return Decision.accept(Outcome.Done.DONE, events);
  }

  Decision expireSession(Command.ExpireSession command) {
    Session session = state.session(command.session());
    if (session == null || session.renewalNumber() != command.renewalNumber()) {
      return Decision.overtaken("renewed since, or gone");
    }
    if (!session.memberships().isEmpty() || session.holdsLeases()) {
      return Decision.overtaken("the session belongs to a group");
    }
    return Decision.accept(new Event.SessionEnded(session.id(), Cause.SESSION_EXPIRED));
  }

  /**
   * Rule 18: a new incarnation takes a silent session's place; its leases wait for its deadline.
   */
  Decision takeover(Command.Takeover command) {
    Session session = state.session(command.session());
    if (session == null
        || session.superseded()
        || session.renewalNumber() != command.renewalNumber()) {
      return Decision.overtaken("renewed since, or gone");
    }
    List<Event> events = new ArrayList<>();
    for (String name : session.groups()) {
      for (Lease lease : leasesOf(session, state.groupThatExists(name))) {
        if (!lease.revoked()) {
          events.add(LeaseDecisions.revoke(lease, Cause.SUPERSEDED, "", ""));
        }
      }
    }
    session
        .memberships()
        .forEach((group, id) -> events.add(new Event.MemberGone(group, id, Cause.SUPERSEDED)));
    events.add(new Event.SessionSuperseded(session.id()));
    return Decision.accept(Outcome.Done.DONE, events);
  }

  /** Ends a session with everything it has, at once. */
  private List<Event> end(Session session, Cause cause) {
    List<Event> events = new ArrayList<>();
    for (String name : session.groups()) {
      events.addAll(endLeases(session, state.groupThatExists(name), cause, 0));
    }
    for (Map.Entry<String, String> membership : session.memberships().entrySet()) {
      events.add(new Event.MemberGone(membership.getKey(), membership.getValue(), cause));
    }
    events.add(new Event.SessionEnded(session.id(), cause));
    return events;
  }

  private static List<Event> endLeases(
      Session session, Group group, Cause cause, long silentMillis) {
    List<Event> events = new ArrayList<>();
    for (Lease lease : leasesOf(session, group)) {
      events.add(LeaseDecisions.end(lease, cause, silentMillis));
    }
    return events;
  }

  private static List<Lease> leasesOf(Session session, Group group) {
    List<Lease> leases = new ArrayList<>();
    for (int slot : session.slotsIn(group.info().name())) {
      Lease lease = group.lease(slot);
      if (lease != null) {
        leases.add(lease);
      }
    }
    return leases;
  }

  private @Nullable Member member(long sessionId, String groupName, long joinRevision) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    if (session == null || session.superseded() || group == null) {
      return null;
    }
    String id = session.memberships().get(groupName);
    Member member = id == null ? null : group.member(id);
    return member != null && member.joinRevision() == joinRevision ? member : null;
  }

  private static Decision noSession(long session) {
    return Decision.refuse(
        Code.NOT_FOUND, "session", "session " + session + " is gone; open a new one");
  }

  private static Decision noMembership(String group) {
    return Decision.refuse(
        Code.NOT_FOUND, "join_revision", "the session has no such membership of " + group);
  }
}
