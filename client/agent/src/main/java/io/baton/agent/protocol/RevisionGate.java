package io.baton.agent.protocol;

/**
 * Rule 13: the highest revision seen in anything the cluster sent; orders and sets below it are
 * history.
 */
final class RevisionGate {
  private long highest;

  void note(long revision) {
    highest = Math.max(highest, revision);
  }

  /** Whether orders of that revision may be followed; notes it if so. */
  boolean admits(long revision) {
    if (revision < highest) {
      return false;
    }
    highest = revision;
    return true;
  }
}
