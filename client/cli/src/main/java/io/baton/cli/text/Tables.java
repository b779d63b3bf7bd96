package io.baton.cli.text;

import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Presence;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of the listing verbs. */
public final class Tables {
  private Tables() {}

  /** One row a group. */
  public static String groups(List<Group> groups) {
    return new Table<Group>()
        .text("GROUP", Group::getName)
        .text("MODE", g -> Words.of(g.getSpec().getMode()))
        .text("ACTIVE", Tables::actives)
        .number("EPOCH", Tables::epochs)
        .number("PRESENT", Group::getMembersPresent)
        .number("READY", Group::getMembersReady)
        .number("TTL", g -> Times.setting(g.getSpec().getTtlMillis()))
        .number("REVISION", Group::getSpecRevision)
        .text("NOTE", Tables::note)
        .render(groups);
  }

  private static String actives(Group group) {
    return Actives.names(group.getLeasesList().stream().map(Lease::getMember).distinct().toList());
  }

  private static String epochs(Group group) {
    return group.getLeasesCount() > Actives.NAMED
        ? ""
        : group.getLeasesList().stream()
            .map(lease -> Long.toString(lease.getEpoch()))
            .collect(Collectors.joining(", "));
  }

  private static String note(Group group) {
    if (group.getDeleting()) {
      return "being deleted";
    }
    return group.getWarningsCount() == 0
        ? ""
        : "has warnings: baton group describe " + group.getName();
  }

  /** One row a member. */
  public static String members(List<Member> members) {
    return new Table<Member>()
        .text("GROUP", Member::getGroup)
        .text("MEMBER", Member::getId)
        .text("ROLE", m -> isGone(m) ? "" : Words.of(m.getRole()))
        .text("READINESS", m -> isGone(m) ? "" : Words.of(m.getReadiness()))
        .text("PRESENCE", m -> Words.of(m.getPresence()))
        .number("EPOCH", m -> Words.orEmpty(m.getEpoch()))
        .text("ADDRESS", Member::getAddress)
        .number("LAST RENEWAL", Tables::renewal)
        .text("NOTE", Members::note)
        .render(members);
  }

  static boolean isGone(Member member) {
    return member.getPresence() == Presence.PRESENCE_GONE;
  }

  static String renewal(Member member) {
    return isGone(member) ? "" : Times.span(member.getRenewedMillisAgo()) + " ago";
  }

  static String farewell(Member member) {
    return isGone(member)
        ? "gone since "
            + Times.instant(member.getGoneAtMillis())
            + ": "
            + Words.of(member.getGoneCause())
        : "";
  }

  /** One row a lease. */
  public static String leases(List<Lease> leases) {
    return new Table<Lease>()
        .text("GROUP", Lease::getGroup)
        .number("SLOT", Lease::getSlot)
        .text("MEMBER", Lease::getMember)
        .number("EPOCH", Lease::getEpoch)
        .text("STATE", Tables::state)
        .text("ADDRESS", Lease::getAddress)
        .text("GRANTED", l -> Times.instant(l.getGrantedAtMillis()))
        .number("TTL", l -> Times.setting(l.getTtlMillis()))
        .number("LAST RENEWAL", l -> Times.span(l.getRenewedMillisAgo()) + " ago")
        .render(leases);
  }

  /** What a lease is about to do, in one word and its cause. */
  static String state(Lease lease) {
    if (lease.getRevokedAtRevision() != 0) {
      return "REVOKED (" + Words.of(lease.getRevokeCause()) + ")";
    }
    return lease.getStarted() ? "ACTIVE" : "STARTING";
  }

  /** One row a coordinator. */
  public static String coordinators(List<Coordinator> coordinators) {
    return new Table<Coordinator>()
        .text("ID", Coordinator::getId)
        .text("RAFT", Coordinator::getRaftRole)
        .text("VOTER", c -> c.getVoter() ? "yes" : "no")
        .text("API", Coordinator::getApiAddress)
        .text("RAFT ADDRESS", Coordinator::getRaftAddress)
        .text("HTTP", Coordinator::getHttpAddress)
        .number("MATCHED", Coordinator::getMatchIndex)
        .number("LAST CONTACT", Tables::contact)
        .render(coordinators);
  }

  static String contact(Coordinator coordinator) {
    return coordinator.getLastContactMillis() == 0
        ? ""
        : Times.span(coordinator.getLastContactMillis()) + " ago";
  }

  /** One row an event, in the order given. */
  public static String events(List<Event> events) {
    return why(when().text("GROUP", Event::getGroup)).render(events);
  }

  /** One row an event of one group, whose name the reader knows. */
  public static String eventsOfGroup(List<Event> events) {
    return why(when()).render(events);
  }

  private static Table<Event> when() {
    return new Table<Event>()
        .number("REVISION", Event::getRevision)
        .text("AT", e -> Times.instant(e.getAtMillis()))
        .text("TYPE", Event::getType);
  }

  private static Table<Event> why(Table<Event> table) {
    return table
        .text("MEMBER", Event::getMember)
        .number("EPOCH", e -> Words.orEmpty(e.getEpoch()))
        .text("CAUSE", e -> Words.of(e.getCause()))
        .text("WHAT HAPPENED", EventLine::shortSentence);
  }
}
