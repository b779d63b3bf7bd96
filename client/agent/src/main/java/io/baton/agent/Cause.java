package io.baton.agent;

/** Why a service is passive again. */
public enum Cause {
  /**
   * The local deadline passed without an acknowledgement: no coordinator could be reached in time.
   */
  DEADLINE,
  /** onActive threw. */
  PROMOTION_FAILED,
  /** onActive did not return within the group's promote deadline. */
  PROMOTION_TIMEOUT,
  /** The service gave the lease back. */
  RESIGNED,
  /** The agent is closing. */
  CLOSING,
  /** The cluster knows nothing of the lease any more. */
  LOST,
  /** An operator moves the lease to another member. */
  SWITCHOVER,
  /** The group was deleted. */
  GROUP_DELETED,
  /** A new process took the member's place. */
  SUPERSEDED,
  /** The cluster took the lease back for any other reason. */
  REVOKED
}
