package io.baton.coordinator.state;

/** Why something changed. */
public enum Cause {
  /** A command of an operator or client that needs no other word. */
  REQUESTED,
  /** An operator moves the lease between two healthy members. */
  SWITCHOVER,
  /** The session was silent for the TTL. */
  SESSION_EXPIRED(true),
  /** The holder said that its activity ended by itself. */
  LAPSED(true),
  /** The holder could not start its activity. */
  PROMOTION_FAILED(true),
  /** The holder gave the lease back. */
  RESIGNED,
  /** The member left in good order. */
  LEFT,
  /** The group was deleted. */
  GROUP_DELETED,
  /** A new incarnation took the member's place. */
  SUPERSEDED(true),
  /** A new incarnation took the member's place and proved that the old one is dead. */
  PROVEN_DEAD(true),
  /** The holder said that it stopped. */
  STOPPED,
  /** The holder did not say that it stopped within the TTL. */
  FORCED,
  /** A slot was free and a candidate was there. */
  FREE_SLOT,
  /** A member joined. */
  JOINED,
  /** The cluster was formed. */
  CLUSTER_FORMED,
  /** The leader lost most of its sessions at once and suspects itself. */
  SELF_SUSPICION,
  /** The holder's connection broke, and it did not return within the group's grace. */
  DISCONNECTED(true),
  /** The holder's health checks fail, and somebody healthier is there. */
  UNHEALTHY(true),
  /** An operator drains the member or its host. */
  DRAINED,
  /** An operator takes the lease away. */
  REVOKED,
  /** An operator orders a failover. */
  FAILOVER,
  /** The lease goes back to a member that is preferred. */
  FAILBACK,
  /** Slots are shared out anew. */
  REBALANCED,
  /** The group's spec has changed. */
  SPEC_CHANGED,
  /** The group's flap budget is used up. */
  FLAPPING,
  /** It could not begin in time. */
  DEADLINE_PASSED;

  private final boolean failure;

  Cause() {
    this(false);
  }

  Cause(boolean failure) {
    this.failure = failure;
  }

  /**
   * Whether a lease that ends for this was taken from its holder, by an order or by the rules: then
   * it goes on to another, whatever has held the group back since.
   */
  public boolean isHandover() {
    return switch (this) {
      case SWITCHOVER, REVOKED, FAILOVER, DRAINED, FAILBACK, REBALANCED, SPEC_CHANGED, UNHEALTHY ->
          true;
      default -> false;
    };
  }

  /** Whether an operator took it. */
  public boolean isOrder() {
    return this == SWITCHOVER || this == REVOKED || this == FAILOVER;
  }

  /** Whether a lease that ends for this was lost to a failure of its holder, and nobody's wish. */
  public boolean isFailure() {
    return failure;
  }
}
