package io.baton.coordinator.state;

/** How many members of a group may be active. */
public enum Mode {
  /** One slot, so one active member. */
  ACTIVE_PASSIVE
}
