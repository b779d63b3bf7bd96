package io.baton.simulation;

/**
 * Promises 3 and 4: what was answered is in every later answer. A read sees at least the newest
 * revision answered before.
 */
final class NothingAcknowledgedIsLost extends Invariant {
  private long newest;

  long newest() {
    return newest;
  }

  void answered(long revision) {
    newest = Math.max(newest, revision);
  }

  /** A read that began when {@code atLeast} was the newest answer. */
  void read(String by, long atLeast, long revision) {
    if (revision < atLeast) {
      violated(by + " read revision " + revision + " although " + atLeast + " had been answered");
    }
    answered(revision);
  }
}
