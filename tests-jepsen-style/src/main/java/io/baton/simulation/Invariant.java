package io.baton.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Something that is true at every instant. It is told what happens, and remembers what was wrong.
 */
abstract class Invariant {
  private @Nullable String wrong;

  /** Remembers the first thing that was wrong. */
  final void violated(String how) {
    if (wrong == null) {
      wrong = how;
    }
  }

  /** What was wrong, or null. */
  final @Nullable String wrong() {
    return wrong;
  }

  /** The name under which a violation is reported. */
  final String title() {
    return getClass().getSimpleName();
  }
}
