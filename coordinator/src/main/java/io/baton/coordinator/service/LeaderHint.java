package io.baton.coordinator.service;

/**
 * Who leads, in whose opinion; the highest term wins. Id and address are empty while no leader is
 * known.
 */
public record LeaderHint(long term, String leaderId, String apiAddress) {
  /** Nobody is known to lead. */
  public static final LeaderHint NONE = new LeaderHint(0, "", "");
}
