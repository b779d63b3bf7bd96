package io.baton.coordinator.state;

/** Who asked for a change and why, in their own words; both may be empty. */
public record Actor(String name, String reason) {
  /** A coordinator's own decision. */
  public static final Actor SYSTEM = new Actor("system", "");
}
