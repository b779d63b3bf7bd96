package io.baton.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In one process onActive and onPassive alternate for each slot; and a holder that said that it
 * stopped has no callback running (rule 16).
 */
final class CallbacksArePaired extends Invariant {
  private record Listener(Life process, SlotName slot) {}

  private final Set<Listener> active = new HashSet<>();

  void started(SimAgent agent, SlotName slot) {
    if (!active.add(new Listener(agent.life(), slot))) {
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

  void ended(SimAgent agent, SlotName slot) {
    if (!active.remove(new Listener(agent.life(), slot))) {
      violated(agent.id() + " gets onPassive without onActive");
    }
  }
}
