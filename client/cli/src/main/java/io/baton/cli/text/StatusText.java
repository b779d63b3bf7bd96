package io.baton.cli.text;

import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The whole cluster on one screen. */
public final class StatusText {
  /** More of them are noise here; {@code baton members} shows all. */
  private static final int GONE_SHOWN = 3;

  /** More than these are a number; {@code baton leases} shows all. */
  private static final int LEASES_SHOWN = 3;

  private final GetStatusResponse status;
  private final Set<String> answering;

  private StatusText(GetStatusResponse status, Set<String> answering) {
    this.status = status;
    this.answering = answering;
  }

  /**
   * Lines that end with a line break.
   *
   * @param answering API addresses at which a coordinator answered this client
   */
  public static String render(GetStatusResponse status, Set<String> answering) {
    return new StatusText(status, answering).screen();
  }

  private String screen() {
    StringBuilder text = new StringBuilder(clusterLine(status, answering)).append("\n\n");
    text.append(coordinators()).append('\n');
    for (Group group : status.getGroupsList()) {
      text.append('\n').append(groupLine(group)).append('\n');
      String withheld = Withheld.text(group);
      if (!withheld.isEmpty()) {
        text.append("Only observed: ").append(withheld).append('\n');
      }
      List<Member> members = membersOf(group);
      if (!members.isEmpty()) {
        text.append(members(members)).append('\n');
      }
      List<HeldSlots> held = HeldSlots.of(status, group);
      if (!held.isEmpty() && group.getMembersPresent() > 0) {
        text.append("Slots without an active:\n").append(HeldSlots.tableOfGroup(held)).append('\n');
      }
    }
    text.append('\n').append(problems(status, answering));
    return text.toString();
  }

  static String clusterLine(GetStatusResponse status, Set<String> answering) {
    Quorum quorum = Quorum.of(status, answering);
    String leader = status.getLeaderId().isEmpty() ? "none" : status.getLeaderId();
    return "CLUSTER "
        + Words.printable(status.getClusterName())
        + "   quorum "
        + quorum.up()
        + "/"
        + quorum.voters()
        + "   leader "
        + leader
        + " (term "
        + status.getTerm()
        + ")   revision "
        + status.getRevision()
        + "   safe TTL "
        + Times.setting(status.getSafeTtlMillis())
        + "   as of "
        + Times.instant(status.getAtMillis())
        + (status.getLocal() ? "   (local to " + status.getAnsweredBy() + ", may be stale)" : "");
  }

  private String coordinators() {
    return new Table<Coordinator>()
        .text("ID", Coordinator::getId)
        .text("ADDRESS", Coordinator::getApiAddress)
        .text("RAFT", Coordinator::getRaftRole)
        .text("VOTER", c -> c.getVoter() ? "yes" : "no")
        .number("MATCHED", Coordinator::getMatchIndex)
        .number("LAST CONTACT", Tables::contact)
        .text("ANSWERS", c -> answering.contains(c.getApiAddress()) ? "yes" : "NO")
        .render(status.getCoordinatorsList());
  }

  private String groupLine(Group group) {
    StringBuilder line = new StringBuilder("GROUP " + group.getName());
    line.append("   ").append(health(status, group));
    if (group.getLeasesCount() == 0) {
      return line.append("   no active").toString();
    }
    Actives actives = Actives.of(status, group);
    if (actives.wanted() > 1) {
      line.append("   ").append(actives.count()).append(" active");
    }
    if (group.getLeasesCount() > LEASES_SHOWN) {
      return line.append("   ").append(actives.names()).toString();
    }
    for (Lease lease : group.getLeasesList()) {
      line.append("   active ").append(lease.getMember());
      line.append("   epoch ").append(lease.getEpoch());
      line.append("   since ").append(Times.instant(lease.getGrantedAtMillis()));
      if (!Tables.state(lease).equals("ACTIVE")) {
        line.append("   ").append(Tables.state(lease));
      }
    }
    return line.toString();
  }

  static String health(GetStatusResponse status, Group group) {
    if (group.getDeleting()) {
      return "DELETING";
    }
    if (group.getLeasesCount() == 0) {
      return "DOWN";
    }
    return Problems.ofGroup(status, group).isEmpty() ? "OK" : "WARNING";
  }

  private List<Member> membersOf(Group group) {
    List<Member> shown = new ArrayList<>();
    List<Member> gone = new ArrayList<>();
    for (Member member : status.getMembersList()) {
      if (member.getGroup().equals(group.getName())) {
        (Tables.isGone(member) ? gone : shown).add(member);
      }
    }
    shown.sort(Comparator.comparing((Member m) -> m.getEpoch() == 0).thenComparing(Member::getId));
    gone.sort(Comparator.comparingLong(Member::getGoneAtMillis).reversed());
    shown.addAll(gone.subList(0, Math.min(GONE_SHOWN, gone.size())));
    return shown;
  }

  private static String members(List<Member> members) {
    return new Table<Member>()
        .text("MEMBER", Member::getId)
        .text("ROLE", m -> Tables.isGone(m) ? "" : Words.of(m.getRole()))
        .text("READINESS", m -> Tables.isGone(m) ? "" : Words.of(m.getReadiness()))
        .text("PRESENCE", m -> Words.of(m.getPresence()))
        .number("EPOCH", m -> Words.orEmpty(m.getEpoch()))
        .text("ADDRESS", Member::getAddress)
        .number("LAST RENEWAL", Tables::renewal)
        .text("NOTE", Members::note)
        .render(members);
  }

  static String problems(GetStatusResponse status, Set<String> answering) {
    List<String> problems = Problems.of(status, answering);
    if (problems.isEmpty()) {
      return "No problems.\n";
    }
    String head = problems.size() == 1 ? "1 problem:" : problems.size() + " problems:";
    StringBuilder text = new StringBuilder(head).append('\n');
    problems.forEach(problem -> text.append("  ").append(Words.printable(problem)).append('\n'));
    return text.toString();
  }
}
