package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.HashSet;
import java.util.Set;

/** Rule 13: a grant is started once, whatever is repeated, reordered or restarted. */
final class NeverActiveTwiceUnderOneEpoch extends Invariant {
  private final Set<Long> started = new HashSet<>();

  void started(SimAgent agent, Tenure tenure) {
    if (!started.add(tenure.epoch())) {
      violated(agent.id() + " starts epoch " + tenure.epoch() + ", which was started before");
    }
  }
}
