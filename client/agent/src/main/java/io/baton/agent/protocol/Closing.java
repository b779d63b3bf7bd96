package io.baton.agent.protocol;

/**
 * The end of an agent: everything becomes passive, says that it stopped, leaves, and closes the
 * session. Without a coordinator to tell, it is over soon after the last callback returned; in any
 * case after the configured time.
 */
final class Closing {
  private static final long UNHEARD = 2 * Times.SECOND;

  private final long longest;
  private boolean begun;
  private boolean over;
  private boolean sayIt = true;
  private long deadline = Times.NEVER;
  private boolean wasQuiet;

  Closing(long longestNanos) {
    this.longest = longestNanos;
  }

  /** False: it had begun before. */
  boolean begin(long now) {
    if (begun) {
      return false;
    }
    begun = true;
    deadline = now + longest;
    return true;
  }

  boolean begun() {
    return begun;
  }

  boolean over() {
    return over;
  }

  /** Whether the agent has ended now. */
  boolean isOver(long now, boolean quiet, boolean hasSession) {
    if (quiet && !wasQuiet) {
      wasQuiet = true;
      deadline = Math.min(deadline, now + UNHEARD);
    }
    over = now >= deadline || (quiet && !hasSession);
    return over;
  }

  /** The goodbye is repeated with each keepalive until the session is gone. */
  void sayAgain() {
    sayIt = true;
  }

  boolean shouldSay() {
    boolean due = sayIt;
    sayIt = false;
    return due;
  }

  long nextWake() {
    return deadline;
  }
}
