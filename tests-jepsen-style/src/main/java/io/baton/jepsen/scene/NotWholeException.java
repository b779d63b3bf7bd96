package io.baton.jepsen.scene;

import java.time.Duration;

/** Something was missing for too long. */
public final class NotWholeException extends IllegalStateException {
  private static final long serialVersionUID = 1;
  private final boolean member;

  NotWholeException(boolean member, String missing, Duration patience) {
    super("after " + patience + ": " + missing);
    this.member = member;
  }

  /** Whether it was a member, and not the service as a whole. */
  public boolean isMember() {
    return member;
  }
}
