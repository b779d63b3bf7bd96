package io.baton.simulation;

import io.baton.agent.protocol.Tenure;

/**
 * Promise 1: at most one agent believes that it is active for a slot, by its own clock, running or
 * not. Where clocks drift beyond the bound nothing is promised, and overlaps are only counted.
 */
final class OneHolderPerSlot extends Invariant {
  private long lastOverlap;

  /** Looks at one agent, which has just done something: only so can a belief begin or grow. */
  void look(SimAgent agent, World world) {
    Tenure tenure = agent.believes();
    if (tenure == null) {
      return;
    }
    for (SimAgent other : world.agents()) {
      Tenure theirs = other == agent ? null : other.believes();
      if (theirs != null
          && theirs.slot() == tenure.slot()
          && theirs.group().equals(tenure.group())) {
        overlap(agent, tenure, other, theirs, world);
      }
    }
  }

  private void overlap(SimAgent agent, Tenure tenure, SimAgent other, Tenure theirs, World world) {
    long newer = Math.max(tenure.epoch(), theirs.epoch());
    if (newer != lastOverlap) {
      lastOverlap = newer;
      world.covered(Case.OVERLAP);
    }
    if (world.withinDrift()) {
      violated(
          other.id()
              + " under epoch "
              + theirs.epoch()
              + " and "
              + agent.id()
              + " under epoch "
              + tenure.epoch()
              + " are both active for "
              + tenure.group());
    }
  }
}
