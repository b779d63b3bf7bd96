package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import java.util.List;
import java.util.Map;

/**
 * What an agent says on its stream, parsed and validated. The open is not among them: it makes the
 * stream.
 */
public sealed interface FromAgent {
  /**
   * Renews the session (design §3.5). Numbers never restart within an agent.
   *
   * @param progress how far its members are, by group; what is absent has not changed
   */
  record KeepAlive(long number, Map<String, Progress> progress) implements FromAgent {}

  /** Asks for a membership; {@code joinId} is echoed. */
  record Join(
      long joinId,
      String group,
      String member,
      String incarnation,
      String directory,
      List<String> deadIncarnations,
      String address,
      Map<String, String> metadata,
      Site site,
      boolean sharesOut,
      boolean runsChecks,
      Readiness readiness,
      long stoppedEpoch)
      implements FromAgent {

    /** The command that this asks for, in the name of a session. */
    public Command.Join command(long session) {
      return new Command.Join(
          session,
          group,
          member,
          incarnation,
          directory,
          deadIncarnations,
          address,
          metadata,
          site,
          sharesOut,
          runsChecks,
          readiness,
          stoppedEpoch);
    }
  }

  /** Ends a membership. */
  record Leave(String group, long joinRevision) implements FromAgent {}

  /**
   * The state of one membership as the agent sees it; level-triggered.
   *
   * @param peersRevision the list of peers that it asks; 0: none
   * @param stoppedEpoch all that this process had up to that epoch has stopped; 0: not said
   */
  record Report(
      String group,
      long joinRevision,
      Readiness readiness,
      String readinessDetail,
      List<SlotEpoch> started,
      List<Lapse> lapsed,
      List<SlotEpoch> stopped,
      long peersRevision,
      long stoppedEpoch)
      implements FromAgent {}

  /** Ends the session. */
  record Close() implements FromAgent {}

  /** One grant. */
  record SlotEpoch(int slot, long epoch) {}

  /** A grant that ended by itself. */
  record Lapse(int slot, long epoch, Cause cause, String detail) {}
}
