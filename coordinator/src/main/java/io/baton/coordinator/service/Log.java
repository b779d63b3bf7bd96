package io.baton.coordinator.service;

import io.baton.coordinator.state.Round;

/**
 * Consensus, as the service needs it. Every method returns at once; what follows is told to a
 * {@link LogListener}.
 */
public interface Log {
  /**
   * Hands a round to consensus. Its end is {@link LogListener#applied} or {@link
   * LogListener#proposalFailed}; after a change of leader possibly the second and, later still, the
   * first.
   */
  void propose(Round round);

  /** What the log knows of itself and its peers, as of now. Cheap. */
  LogStatus status();

  /** Gives leadership up to whoever is elected. */
  void stepDown(String why);

  /** Asks the most caught-up follower to lead; nothing happens where that fails. */
  void transferLeadership(String why);
}
