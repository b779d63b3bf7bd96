package io.baton.simulation;

/**
 * A promise was broken. The message names the invariant, the seed and the command that plays it
 * again.
 */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  Violation(String invariant, long seed, long atNanos, String what) {
    super(
        invariant
            + " broken at "
            + atNanos / 1_000_000
            + " ms of seed "
            + seed
            + ": "
            + what
            + "\n  play it again: scripts/simulate --seed "
            + seed);
  }
}
