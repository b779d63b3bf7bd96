package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * Promise 2: every grant has a larger epoch than all before it, in every group and across
 * deletions.
 */
final class EpochNeverDecreases implements Invariant {
  private long highest;
  private String wrong = "";

  void granted(HistoryEvent event) {
    if (event.epoch() <= highest) {
      wrong = "epoch " + event.epoch() + " was granted after epoch " + highest;
    }
    highest = event.epoch();
  }

  @Override
  public @Nullable String broken(World world) {
    return wrong.isEmpty() ? null : wrong;
  }
}
