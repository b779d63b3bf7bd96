package io.baton.coordinator.state;

/** Why something changed. */
public enum Cause {
  /** A command of an operator or client that needs no other word. */
  REQUESTED,
  /** An operator moves the lease between two healthy members. */
  SWITCHOVER,
  /** The session was silent for the TTL. */
  SESSION_EXPIRED,
  /** The holder said that its activity ended by itself. */
  LAPSED,
  /** The holder could not start its activity. */
  PROMOTION_FAILED,
  /** The holder gave the lease back. */
  RESIGNED,
  /** The member left in good order. */
  LEFT,
  /** The group was deleted. */
  GROUP_DELETED,
  /** A new incarnation took the member's place. */
  SUPERSEDED,
  /** A new incarnation took the member's place and proved that the old one is dead. */
  PROVEN_DEAD,
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
  SELF_SUSPICION
}
