package io.baton.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In one process onActive and onPassive alternate; and a holder that said that it stopped has no
 * callback running (rule 16).
 */
final class CallbacksArePaired extends Invariant {
  private final Map<Life, Boolean> active = new HashMap<>();

  void started(SimAgent agent) {
    if (Boolean.TRUE.equals(active.put(agent.life(), true))) {
      violated(agent.id() + " gets onActive twice in a row");
    }
  }

  /** A lease has ended since its holder said that it stopped. */
  void handedOn(long epoch, List<SimAgent> agents) {
    for (SimAgent agent : agents) {
      if (agent.isBusyWith(epoch)) {
        violated(agent.id() + " said that it stopped epoch " + epoch + ", and has not");
      }
    }
  }

  void ended(SimAgent agent) {
    if (!Boolean.TRUE.equals(active.put(agent.life(), false))) {
      violated(agent.id() + " gets onPassive without onActive");
    }
  }
}
