package io.baton.simulation;

import io.baton.coordinator.state.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Coordinators that have applied the same entries have the same state, renewal numbers included.
 */
final class ReplicasAgree extends Invariant {
  private static final int EVERY = 128;

  private final Map<Long, List<Entity>> images = new HashMap<>();

  void applied(SimCoordinator coordinator) {
    long index = coordinator.applied();
    if (index % EVERY != 0) {
      return;
    }
    List<Entity> image = coordinator.state().entities().toList();
    List<Entity> first = images.putIfAbsent(index, image);
    if (first != null && !first.equals(image)) {
      violated(coordinator.id() + " differs from the others at entry " + index);
    }
    images.remove(index - 1_000L * EVERY);
  }
}
