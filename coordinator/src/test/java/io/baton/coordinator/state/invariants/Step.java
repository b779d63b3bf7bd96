package io.baton.coordinator.state.invariants;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundResult;
import java.util.List;

/**
 * One round as it was applied.
 *
 * @param before the entities before it
 * @param result what it said that it changed
 * @param after the state after it; only to be looked at
 */
record Step(List<Entity> before, RoundResult result, ClusterState after) {
  Round round() {
    return result.round();
  }

  static Step apply(Round round, ClusterState state) {
    List<Entity> before = state.entities().toList();
    return new Step(before, state.apply(round), state);
  }
}
