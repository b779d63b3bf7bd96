package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands in an agent's report. All of it is said each time: what the state knows already
 * changes nothing, and what was lost on the way is said again (rule 14).
 */
final class ReportedCommands {
  private ReportedCommands() {}

  /**
   * What ended first, so that it has the cause that the agent gives; then the readiness, before
   * what stopped is free, so that a member that can't go on is no candidate for what it gives up.
   */
  static List<Command> of(ClusterState state, long session, FromAgent.Report report) {
    List<Command> commands = new ArrayList<>();
    String group = report.group();
    for (FromAgent.SlotEpoch started : report.started()) {
      if (!isKnownToBeStarted(state, group, started)) {
        commands.add(new Command.Started(session, group, started.slot(), started.epoch()));
      }
    }
    for (FromAgent.Lapse lapse : report.lapsed()) {
      commands.add(
          new Command.Lapsed(
              session, group, lapse.slot(), lapse.epoch(), lapse.cause(), lapse.detail()));
    }
    commands.add(
        new Command.SetReadiness(
            session, group, report.joinRevision(), report.readiness(), report.readinessDetail()));
    for (FromAgent.SlotEpoch stopped : report.stopped()) {
      commands.add(new Command.Stopped(session, group, stopped.slot(), stopped.epoch()));
    }
    return commands;
  }

  /** That is said of every lease in every report. */
  private static boolean isKnownToBeStarted(
      ClusterState state, String groupName, FromAgent.SlotEpoch started) {
    Group group = state.group(groupName);
    Lease lease = group == null ? null : group.lease(started.slot());
    return lease != null && lease.epoch() == started.epoch() && lease.started();
  }
}
