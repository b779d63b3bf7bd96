package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.HistoryEvent;

/** Each grant has a higher epoch than every one before it, in whatever group; sessions likewise. */
final class EpochNeverDecreases implements Invariant {
  private long epoch;
  private long session;

  @Override
  public void check(Step step) {
    for (HistoryEvent event : step.result().events()) {
      if (event.type() == HistoryEvent.Type.LEASE_GRANTED) {
        assertThat(event.epoch()).isGreaterThan(epoch);
        epoch = event.epoch();
      } else if (event.type() == HistoryEvent.Type.SESSION_OPENED) {
        assertThat(event.session()).isGreaterThan(session);
        session = event.session();
      }
    }
  }
}
