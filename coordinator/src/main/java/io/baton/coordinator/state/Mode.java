package io.baton.coordinator.state;

/** How a group's activity is shared out among its members. Fixed when the group is made. */
public enum Mode {
  /** One slot, so one active member. */
  ACTIVE_PASSIVE,
  /** A fixed number of slots, and at most one of them a member. */
  N_ACTIVE,
  /** A fixed number of slots, shared out over all members by weight. */
  SHARDED,
  /** A slot for every member that is fit. */
  ALL_ACTIVE;

  /** Whether a member may hold several slots. */
  public boolean sharesOut() {
    return this == SHARDED;
  }

  /** Whether there is a slot for every member, so that slots come and go with leases. */
  public boolean growsWithMembers() {
    return this == ALL_ACTIVE;
  }
}
