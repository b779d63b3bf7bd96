package io.baton.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Promises 3 and 4: what was answered is in every later answer. A read sees at least the newest
 * revision answered before.
 */
final class NothingAcknowledgedIsLost implements Invariant {
  private long newest;
  private String wrong = "";

  long newest() {
    return newest;
  }

  void answered(long revision) {
    newest = Math.max(newest, revision);
  }

  /** A read that began when {@code atLeast} was the newest answer. */
  void read(String by, long atLeast, long revision) {
    if (revision < atLeast) {
      wrong = by + " read revision " + revision + " although " + atLeast + " had been answered";
    }
    answered(revision);
  }

  @Override
  public @Nullable String broken(World world) {
    return wrong.isEmpty() ? null : wrong;
  }
}
