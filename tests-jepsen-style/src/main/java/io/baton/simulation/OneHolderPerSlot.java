package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Promise 1: at most one agent believes that it is active for a slot, by its own clock, running or
 * not.
 */
final class OneHolderPerSlot implements Invariant {
  @Override
  public @Nullable String broken(World world) {
    Map<String, String> holders = new HashMap<>();
    for (SimAgent agent : world.agents()) {
      Tenure tenure = agent.believes();
      if (tenure != null) {
        String who = agent.id() + " under epoch " + tenure.epoch();
        String other = holders.put(tenure.group() + "/" + tenure.slot(), who);
        if (other != null) {
          return other + " and " + who + " are both active for " + tenure.group();
        }
      }
    }
    return null;
  }
}
