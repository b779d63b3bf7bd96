package io.baton.agent.protocol;

/**
 * What this process has promised to actives of its group: to start nothing for a while. It keeps
 * its word by a clock of its own, from when it answered; the active counts from when it asked,
 * which is earlier.
 */
final class Promises {
  /** Shorter than any failover that is worth having, and four questions long. */
  static final long MILLIS = 2_000;

  private final LeaseLength length;
  private long until = Times.NEVER_YET;
  private long predecessorsUntil = Times.NEVER_YET;
  private boolean afterPredecessors;

  Promises(LeaseLength length) {
    this.length = length;
  }

  /** The process begins: earlier ones are dead, and what they have promised runs out. */
  void begin(long now) {
    predecessorsUntil = now + length.longest(MILLIS);
  }

  Promise give(long now) {
    until = Math.max(until, now + length.longest(MILLIS));
    return Promise.of(MILLIS);
  }

  /** Whether promises of earlier processes of this member count as well. */
  void afterPredecessors(boolean count) {
    afterPredecessors = count;
  }

  /** From when something may be started. */
  long over() {
    return afterPredecessors ? Math.max(until, predecessorsUntil) : until;
  }

  /**
   * The clock was set forward, since the machine was suspended, or since that is how it looked:
   * what had not run out before begins anew.
   */
  void suspended(long before, long now) {
    until = before < until ? now + length.longest(MILLIS) : until;
    predecessorsUntil =
        before < predecessorsUntil ? now + length.longest(MILLIS) : predecessorsUntil;
  }
}
