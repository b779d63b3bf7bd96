package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Readiness;
import java.util.List;
import java.util.Map;

/**
 * What an agent says on its stream, parsed and validated. The open is not among them: it makes the
 * stream.
 */
public sealed interface FromAgent {
  /** Renews the session (design §3.5). Numbers never restart within an agent. */
  record KeepAlive(long number) implements FromAgent {}

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
      Readiness readiness)
      implements FromAgent {}

  /** Ends a membership. */
  record Leave(String group, long joinRevision) implements FromAgent {}

  /** The state of one membership as the agent sees it; level-triggered. */
  record Report(
      String group,
      long joinRevision,
      Readiness readiness,
      List<SlotEpoch> started,
      List<Lapse> lapsed,
      List<SlotEpoch> stopped)
      implements FromAgent {}

  /** Ends the session. */
  record Close() implements FromAgent {}

  /** One grant. */
  record SlotEpoch(int slot, long epoch) {}

  /** A grant that ended by itself. */
  record Lapse(int slot, long epoch, Cause cause, String detail) {}
}
