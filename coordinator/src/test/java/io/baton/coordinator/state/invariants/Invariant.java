package io.baton.coordinator.state.invariants;

/** Looks at every step of a walk, and fails with an {@link AssertionError} where it is broken. */
interface Invariant {
  void check(Step step);
}
