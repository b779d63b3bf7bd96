package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.List;

/**
 * Promise 1: at most one agent believes that it is active for a slot, by its own clock, running or
 * not. Where clocks drift beyond the bound nothing is promised, and overlaps are only counted.
 */
final class OneHolderPerSlot extends Invariant {
  private long lastOverlap;

  /** Looks at one agent, which has just done something: only so can a belief begin or grow. */
  void look(SimAgent agent, World world) {
    List<Tenure> ours = agent.beliefs();
    if (ours.isEmpty()) {
      return;
    }
    for (SimAgent other : world.agents()) {
      List<Tenure> theirs = other == agent ? List.of() : other.beliefs();
      for (Tenure one : ours) {
        for (Tenure another : theirs) {
          if (another.slot() == one.slot() && another.group().equals(one.group())) {
            overlap(agent, one, other, another, world);
          }
        }
      }
    }
  }

  private void overlap(SimAgent agent, Tenure tenure, SimAgent other, Tenure theirs, World world) {
    long newer = Math.max(tenure.epoch(), theirs.epoch());
    if (newer != lastOverlap) {
      lastOverlap = newer;
      world.covered(Case.OVERLAP);
    }
    if (world.promisesOneHolder(tenure.group())) {
      violated(
          other.id()
              + " under epoch "
              + theirs.epoch()
              + " and "
              + agent.id()
              + " under epoch "
              + tenure.epoch()
              + " are both active for "
              + tenure.group()
              + " slot "
              + tenure.slot());
    }
  }
}
