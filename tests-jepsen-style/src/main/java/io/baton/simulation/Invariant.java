package io.baton.simulation;

import org.jspecify.annotations.Nullable;

/** Something that is true at every instant. */
@FunctionalInterface
interface Invariant {
  /** What is wrong, or null. */
  @Nullable String broken(World world);

  /** The name under which a violation is reported. */
  default String title() {
    return getClass().getSimpleName();
  }
}
