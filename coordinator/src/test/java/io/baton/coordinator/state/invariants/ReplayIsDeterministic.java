package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;

/** Another coordinator that applies the same rounds says the same and has the same image. */
final class ReplayIsDeterministic implements Invariant {
  private final ClusterState other = ClusterState.empty();

  @Override
  public void check(Step step) {
    assertThat(other.apply(step.round())).isEqualTo(step.result());
    assertThat(other.entities()).containsExactlyElementsOf(step.after().entities().toList());
  }
}
