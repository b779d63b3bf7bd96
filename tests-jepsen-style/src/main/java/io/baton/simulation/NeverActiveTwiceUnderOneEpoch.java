package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rule 13: a grant is started once, whatever is repeated, reordered or restarted. */
final class NeverActiveTwiceUnderOneEpoch implements Invariant {
  private final Set<Long> started = new HashSet<>();
  private String wrong = "";

  void started(SimAgent agent, Tenure tenure) {
    if (!started.add(tenure.epoch())) {
      wrong = agent.id() + " starts epoch " + tenure.epoch() + ", which was started before";
    }
  }

  @Override
  public @Nullable String broken(World world) {
    return wrong.isEmpty() ? null : wrong;
  }
}
