package io.baton.cli.verb;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import java.util.Set;

/**
 * Which events are asked for, beyond what a coordinator can be asked.
 *
 * @param sinceMillis nothing older; 0: as old as there is
 * @param causes nothing else; empty: of any cause, or none
 * @param handovers only events that end a handover; causes are the handovers' then
 */
record HistoryFilter(long sinceMillis, Set<Cause> causes, boolean handovers) {
  /**
   * Each event bears the wall clock of the leader of its time, so an older one may seem younger. No
   * two clocks are thought to be further apart than this.
   */
  private static final long SKEW_MILLIS = 60_000;

  static final HistoryFilter ALL = new HistoryFilter(0, Set.of(), false);

  HistoryFilter {
    causes = Set.copyOf(causes);
  }

  boolean wants(Event event) {
    Cause cause = handovers ? event.getHandover().getCause() : event.getCause();
    return event.getAtMillis() >= sinceMillis
        && (!handovers || event.hasHandover())
        && (causes.isEmpty() || causes.contains(cause));
  }

  /** Whether no event before this one can be wanted. */
  boolean endsAt(Event event) {
    return event.getAtMillis() < sinceMillis - SKEW_MILLIS;
  }

  boolean wantsAll() {
    return equals(ALL);
  }
}
