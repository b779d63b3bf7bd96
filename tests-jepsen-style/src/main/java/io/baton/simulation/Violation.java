package io.baton.simulation;

/**
 * A promise was broken. The message names the invariant, the seed and the command that plays
 * exactly that again.
 */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String invariant;

  Violation(Broken broken, Replay replay) {
    super(
        broken.invariant()
            + " broken at "
            + broken.atNanos() / Scheduler.MILLI
            + " ms of seed "
            + replay.seed()
            + ": "
            + broken.getMessage()
            + "\n  play it again: "
            + replay,
        broken);
    this.invariant = broken.invariant();
  }

  /** The name of the promise. */
  public String invariant() {
    return invariant;
  }
}
