package io.baton.cli.text;

import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.HeldBack;
import io.baton.proto.v1.Lease;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    if (status.hasPaused()) {
      problems.add(
          "the cluster is paused"
              + TopText.by(status.getPaused())
              + ". Try: baton resume --cluster");
    }
    for (String host : status.getDrainedHostsList()) {
      problems.add("host " + host + " is drained. Try: baton undrain --host " + host);
    }
    waiting(status)
        .forEach(
            (group, leases) ->
                problems.add(
                    leases.get(0).getMember()
                        + " of "
                        + leases.get(0).getGroup()
                        + (leases.size() == 1 ? "" : ", and " + (leases.size() - 1) + " more,")
                        + " waits: its host is drained one group after another, and "
                        + group
                        + " is on its way"));
    status.getGroupsList().forEach(group -> problems.addAll(ofGroup(status, group)));
    return problems;
  }

  /** Leases that a host's drain is to take yet, by the group whose turn it is. */
  private static SortedMap<String, List<Lease>> waiting(GetStatusResponse status) {
    return status.getGroupsList().stream()
        .flatMap(group -> group.getLeasesList().stream())
        .filter(lease -> !lease.getDrainWaitsFor().isEmpty())
        .collect(Collectors.groupingBy(Lease::getDrainWaitsFor, TreeMap::new, Collectors.toList()));
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
      String look = group.getHeldBackCount() > 0 ? "explain " : "members ";
      problems.add(name + " has no active: " + whyNone(group) + ". Try: baton " + look + name);
    } else if (lacksStandBy(status, group)) {
      problems.add(name + " has no stand-by that could take over. Try: baton members " + name);
    }
    Actives actives = Actives.of(status, group);
    if (actives.held() > 0 && actives.held() < actives.wanted()) {
      String look =
          group.getSpec().getMode() == Mode.MODE_ALL_ACTIVE
              ? ". Try: baton members " + name
              : ": see its slots above";
      problems.add(name + " has an active for " + actives.count() + " slots only" + look);
    }
    problems.addAll(operators(group));
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

  /** What an operator did, or has to do. */
  private static List<String> operators(Group group) {
    List<String> problems = new ArrayList<>();
    String name = group.getName();
    if (group.hasPaused()) {
      problems.add(
          name + " is paused" + TopText.by(group.getPaused()) + ". Try: baton resume " + name);
    }
    if (group.getFlappingSinceRevision() != 0) {
      problems.add(
          name + " has used up its flap budget and waits for an operator. Try: baton ack " + name);
    }
    if (group.getAgreement().getOpen()) {
      String holder = group.getAgreement().getHolder();
      problems.add(
          holder
              + " of "
              + name
              + " may be active still, by its peers' word: only "
              + String.join(", ", group.getAgreement().getPeersList())
              + " can follow it. Try: bring it back; or, if it is dead: baton failover "
              + name
              + " --holder-is-dead");
    }
    if (waitsForOperator(group)) {
      problems.add(name + " waits for an operator to fail it over. Try: baton failover " + name);
    }
    for (String member : group.getDrainedList()) {
      problems.add(
          member + " of " + name + " is drained. Try: baton undrain " + name + " " + member);
    }
    return problems;
  }

  static boolean waitsForOperator(Group group) {
    return group.getHeldBackList().stream()
        .map(HeldBack::getRule)
        .anyMatch(rule -> rule.equals("MANUAL") || rule.equals("OBSERVE"));
  }

  /** Where every member is active, or has its share, the others stand by for one. */
  private static boolean lacksStandBy(GetStatusResponse status, Group group) {
    if (!group.hasCandidates()) {
      return lacksReadyMembers(status, group);
    }
    return switch (group.getSpec().getMode()) {
      case MODE_SHARDED -> group.getCandidates() <= 1;
      case MODE_ALL_ACTIVE -> group.getLeasesCount() + group.getCandidates() <= 1;
      default -> group.getCandidates() == 0;
    };
  }

  /** As far as can be known where the coordinator does not count candidates. */
  private static boolean lacksReadyMembers(GetStatusResponse status, Group group) {
    return switch (group.getSpec().getMode()) {
      case MODE_SHARDED, MODE_ALL_ACTIVE -> group.getMembersReady() <= 1;
      default -> group.getMembersReady() <= readyActives(status, group);
    };
  }

  private static String whyNone(Group group) {
    if (group.getMembersPresent() == 0) {
      return "no member is present";
    }
    if (group.getHeldBackCount() > 0) {
      return "held back by " + group.getHeldBack(0).getRule();
    }
    if (group.getMembersReady() == 0) {
      return "no member is ready";
    }
    return group.hasCandidates() && group.getCandidates() == 0
        ? "no member is a candidate"
        : "a handover is under way";
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
