package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Entity;
import java.util.TreeMap;

/**
 * Whoever writes down what each round touched has the whole image, but for renewal numbers; so has
 * the canonical order.
 */
final class TouchedIsComplete implements Invariant {
  private final TreeMap<Entity.Key, Entity> written = new TreeMap<>();

  @Override
  public void check(Step step) {
    step.before().forEach(e -> written.putIfAbsent(e.key(), e));
    step.result()
        .touched()
        .forEach(
            (key, value) ->
                value.ifPresentOrElse(e -> written.put(key, e), () -> written.remove(key)));
    assertThat(Images.withoutRenewalNumbers(written.values()))
        .containsExactlyElementsOf(Images.withoutRenewalNumbers(step.after().entities().toList()));
  }
}
