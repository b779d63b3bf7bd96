package io.baton.simulation;

import io.baton.coordinator.state.HistoryEvent;

/**
 * Promise 2: every grant has a larger epoch than all before it, in every group and across
 * deletions.
 */
final class EpochNeverDecreases extends Invariant {
  private long highest;

  void granted(HistoryEvent event) {
    if (event.epoch() <= highest) {
      violated("epoch " + event.epoch() + " was granted after epoch " + highest);
    }
    highest = event.epoch();
  }
}
