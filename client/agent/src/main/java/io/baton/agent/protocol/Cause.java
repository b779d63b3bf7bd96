package io.baton.agent.protocol;

/** Why a tenure ended. */
public enum Cause {
  /** The local deadline passed without an acknowledgement. */
  DEADLINE(true),
  /** onActive threw. */
  PROMOTION_FAILED(true),
  /** onActive did not return, or could not be called, within the promote deadline. */
  PROMOTION_TIMEOUT(true),
  /** The service gave the lease back. */
  RESIGNED(true),
  /** The agent is closing. */
  CLOSING(true),
  /** The lease was absent from a complete set, or its membership or session was gone. */
  LOST(true),
  /** An operator moves the lease to another member. */
  SWITCHOVER(false),
  /** The group was deleted. */
  GROUP_DELETED(false),
  /** A new incarnation took the member's place. */
  SUPERSEDED(false),
  /** Revoked for any other reason. */
  REVOKED(false);

  private final boolean lapse;

  Cause(boolean lapse) {
    this.lapse = lapse;
  }

  /** Whether the agent ended it by itself and has to say so (design §3.14). */
  public boolean isLapse() {
    return lapse;
  }
}
