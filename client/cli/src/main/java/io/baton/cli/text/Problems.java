package io.baton.cli.text;

import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an operator should look at, each with the command to try. */
final class Problems {
  private Problems() {}

  static List<String> of(GetStatusResponse status, Set<String> answering) {
    List<String> problems = new ArrayList<>();
    Quorum quorum = Quorum.of(status, answering);
    for (Coordinator coordinator : status.getCoordinatorsList()) {
      if (!answering.contains(coordinator.getApiAddress())) {
        problems.add(silent(coordinator, answering));
      }
    }
    if (quorum.up() < quorum.majority()) {
      problems.add("no quorum: nothing is decided until more coordinators run");
    } else if (quorum.up() == quorum.majority() && quorum.voters() > 2) {
      problems.add("the loss of one more coordinator stops all decisions");
    }
    if (status.getReadOnly()) {
      problems.add("read-only: a disk is nearly full. Try: free space on the coordinators' disks");
    }
    status.getGroupsList().forEach(group -> problems.addAll(ofGroup(status, group)));
    return problems;
  }

  private static String silent(Coordinator coordinator, Set<String> answering) {
    String where = coordinator.getId() + " does not answer at " + coordinator.getApiAddress();
    return Quorum.isUp(coordinator, answering)
        ? where + ", though its leader hears it. Try: is the way from here to it open?"
        : where
            + ". Try: start it again; if its disk is lost: baton coordinator remove "
            + coordinator.getId()
            + " once another was added";
  }

  static List<String> ofGroup(GetStatusResponse status, Group group) {
    List<String> problems = new ArrayList<>();
    String name = group.getName();
    if (group.getDeleting()) {
      return problems;
    }
    if (group.getLeasesCount() == 0) {
      problems.add(name + " has no active: " + whyNone(group) + ". Try: baton members " + name);
    } else if (group.getMembersReady() <= readyActives(status, group)) {
      problems.add(name + " has no stand-by that is ready. Try: baton members " + name);
    }
    for (Lease lease : group.getLeasesList()) {
      if (!lease.getStarted()
          && lease.getRevokedAtRevision() == 0
          && isLate(status, group, lease)) {
        problems.add(
            lease.getMember()
                + " has not finished its promotion in "
                + name
                + ". Try: look at its log");
      }
    }
    for (Member member : status.getMembersList()) {
      if (member.getGroup().equals(name)
          && !Tables.isGone(member)
          && member.getReadiness() == Readiness.READINESS_UNHEALTHY) {
        problems.add(
            member.getId() + " of " + name + " says it is unhealthy. Try: look at its log");
      }
    }
    for (String warning : group.getWarningsList()) {
      problems.add(name + ": " + warning + tryTtl(status, group));
    }
    return problems;
  }

  private static String whyNone(Group group) {
    if (group.getMembersPresent() == 0) {
      return "no member is present";
    }
    return group.getMembersReady() == 0 ? "no member is ready" : "a handover is under way";
  }

  private static long readyActives(GetStatusResponse status, Group group) {
    return status.getMembersList().stream()
        .filter(m -> m.getGroup().equals(group.getName()) && m.getEpoch() != 0)
        .filter(m -> !Tables.isGone(m) && m.getReadiness() == Readiness.READINESS_READY)
        .count();
  }

  private static boolean isLate(GetStatusResponse status, Group group, Lease lease) {
    long sinceMillis = status.getAtMillis() - lease.getGrantedAtMillis();
    return sinceMillis > group.getSpec().getPromoteMillis() / 2;
  }

  private static String tryTtl(GetStatusResponse status, Group group) {
    return group.getSpec().getTtlMillis() < status.getSafeTtlMillis()
        ? ". Try: baton group set "
            + group.getName()
            + " --ttl "
            + Times.setting(status.getSafeTtlMillis())
        : "";
  }
}
