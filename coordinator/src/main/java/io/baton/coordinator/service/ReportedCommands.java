package io.baton.coordinator.service;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands in an agent's report. All of it is said each time, and what was lost on the way is
 * said again (rule 14); so what the state knows already, or what is of a lease that the session
 * does not hold any more, makes no command.
 */
final class ReportedCommands {
  private final @Nullable Group group;
  private final @Nullable Agreement agreement;
  private final @Nullable Member member;
  private final long session;

  private ReportedCommands(ClusterState state, long session, String group) {
    this.group = state.group(group);
    this.agreement = state.agreement(group);
    this.member = member(state, session, group);
    this.session = session;
  }

  private static @Nullable Member member(ClusterState state, long sessionId, String groupName) {
    Session session = state.session(sessionId);
    Group group = state.group(groupName);
    String id = session == null ? null : session.memberships().get(groupName);
    return group == null || id == null ? null : group.member(id);
  }

  /**
   * What ended first, so that it has the cause that the agent gives; then the readiness, before
   * what stopped is free, so that a member that can't go on is no candidate for what it gives up.
   */
  static List<Command> of(ClusterState state, long session, FromAgent.Report report) {
    return new ReportedCommands(state, session, report.group()).of(report);
  }

  private List<Command> of(FromAgent.Report report) {
    List<Command> commands = new ArrayList<>();
    String name = report.group();
    for (FromAgent.SlotEpoch started : report.started()) {
      Lease lease = held(started.slot(), started.epoch());
      if (lease != null && !lease.started()) {
        commands.add(new Command.Started(session, name, started.slot(), started.epoch()));
      }
    }
    if (agreement != null && isAcknowledgedBy(report)) {
      commands.add(
          new Command.AcknowledgePeers(session, name, agreement.epoch(), report.peersRevision()));
    }
    for (FromAgent.Lapse lapse : report.lapsed()) {
      Lease lease = held(lapse.slot(), lapse.epoch());
      if (lease != null && !lease.revoked()) {
        commands.add(
            new Command.Lapsed(
                session, name, lapse.slot(), lapse.epoch(), lapse.cause(), lapse.detail()));
      }
    }
    commands.add(
        new Command.SetReadiness(
            session, name, report.joinRevision(), report.readiness(), report.readinessDetail()));
    for (FromAgent.SlotEpoch stopped : report.stopped()) {
      if (held(stopped.slot(), stopped.epoch()) != null) {
        commands.add(new Command.Stopped(session, name, stopped.slot(), stopped.epoch()));
      }
    }
    if (agreement != null && hasStopped(report.stoppedEpoch())) {
      commands.add(new Command.Stopped(session, name, 0, agreement.epoch()));
    }
    return commands;
  }

  /** Who worked on by its peers' word has stopped, after its lease had ended. */
  private boolean hasStopped(long stoppedEpoch) {
    return agreement != null
        && group != null
        && member != null
        && agreement.isOf(member)
        && agreement.isOpen(group)
        && agreement.epoch() <= stoppedEpoch;
  }

  private boolean isAcknowledgedBy(FromAgent.Report report) {
    return agreement != null
        && agreement.session() == session
        && agreement.offered().revision() == report.peersRevision()
        && agreement.acknowledged().revision() != report.peersRevision();
  }

  /** The slot's lease if it is that one; its membership may have ended. */
  private @Nullable Lease held(int slot, long epoch) {
    Lease lease = group == null ? null : group.lease(slot);
    return lease != null && lease.session() == session && lease.epoch() == epoch ? lease : null;
  }
}
