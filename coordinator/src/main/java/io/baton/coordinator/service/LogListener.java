package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;

/**
 * What the log tells the service. Every method is called on the core thread, in the log's order.
 */
public interface LogListener {
  /** A round is committed: apply it and write it to the store, with its index. */
  void applied(long term, long index, Round round);

  /** An entry of the log's own (configuration, metadata) is committed: remember its index. */
  void appliedOwn(long term, long index);

  /** A proposal of this process was not taken, or its outcome can't be told. */
  void proposalFailed(RoundId round);

  /** This coordinator leads and has applied every entry of earlier terms (and one of its own). */
  void ready(long term);

  /** This coordinator leads no more. Also called where it never was ready. */
  void notLeader();

  /** Who leads, in this coordinator's opinion; empty while unknown. */
  void leaderChanged(long term, String leaderId);

  /** The state was replaced by an installed snapshot's, and the store with it. */
  void stateReplaced(ClusterState state);
}
