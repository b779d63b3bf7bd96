package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A state made from the image has the same image, in whatever order the entities come, and does the
 * same in the next round.
 */
final class RestoreEqualsOriginal implements Invariant {
  @Override
  public void check(Step step) {
    ClusterState restored = ClusterState.restore(backwards(step.before()));
    assertThat(restored.entities()).containsExactlyElementsOf(step.before());
    assertThat(restored.apply(step.round())).isEqualTo(step.result());
    assertThat(restored.entities()).containsExactlyElementsOf(step.after().entities().toList());
  }

  private static Stream<Entity> backwards(List<Entity> entities) {
    List<Entity> reversed = new ArrayList<>(entities);
    Collections.reverse(reversed);
    return reversed.stream();
  }
}
