package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.HistoryEvent;

/** Events take the revisions one by one, and nothing else takes any. */
final class RevisionHasNoGaps implements Invariant {
  private long revision;

  @Override
  public void check(Step step) {
    for (HistoryEvent event : step.result().events()) {
      revision++;
      assertThat(event.revision()).isEqualTo(revision);
    }
    assertThat(step.after().revision()).isEqualTo(revision);
  }
}
