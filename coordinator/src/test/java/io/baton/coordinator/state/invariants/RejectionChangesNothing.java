package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Outcome;

/**
 * A round in which every command was refused has no event and leaves the state as it was, unless a
 * renewal said how far a member is.
 */
final class RejectionChangesNothing implements Invariant {
  @Override
  public void check(Step step) {
    boolean progress = step.round().renewals().stream().anyMatch(r -> !r.progress().isEmpty());
    if (!progress
        && step.result().outcomes().stream().allMatch(Outcome.Rejected.class::isInstance)) {
      assertThat(step.result().events()).isEmpty();
      assertThat(step.result().touched()).isEmpty();
      assertThat(step.result().orders()).isEmpty();
      assertThat(step.result().views()).isEmpty();
      assertThat(Images.withoutRenewalNumbers(step.after().entities().toList()))
          .containsExactlyElementsOf(Images.withoutRenewalNumbers(step.before()));
      if (step.round().renewals().isEmpty()) {
        assertThat(step.after().entities()).containsExactlyElementsOf(step.before());
      }
    }
  }
}
