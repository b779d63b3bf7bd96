package io.baton.coordinator.raft;

import io.baton.coordinator.codec.StateHash;
import io.baton.coordinator.service.LogListener;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import io.baton.coordinator.storage.RocksStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that a coordinator does with its log: applies it and keeps what came of it. Core
 * thread.
 */
final class Replica implements LogListener {
  private final RocksStore store;
  final Map<RoundId, List<Outcome>> outcomes = new HashMap<>();
  final List<RoundId> failed = new ArrayList<>();
  ClusterState state;
  long readyTerm;
  long appliedIndex;
  int replaced;
  String leader = "";

  Replica(RocksStore store) {
    this.store = store;
    this.state = store.reload();
  }

  @Override
  public void applied(long term, long index, Round round) {
    advance(index);
    RoundResult result = state.apply(round);
    store.write(
        term, index, result.touched(), result.events(), state.cluster().compactedRevision());
    outcomes.put(round.id(), result.outcomes());
  }

  @Override
  public void appliedOwn(long term, long index) {
    advance(index);
    store.mark(term, index);
  }

  private void advance(long index) {
    if (appliedIndex != 0 && index != appliedIndex + 1) {
      throw new IllegalStateException("index " + index + " after " + appliedIndex);
    }
    appliedIndex = index;
  }

  @Override
  public void proposalFailed(RoundId round) {
    failed.add(round);
  }

  @Override
  public void ready(long term) {
    readyTerm = term;
  }

  @Override
  public void notLeader() {
    readyTerm = 0;
  }

  @Override
  public void leaderChanged(long term, String leaderId) {
    leader = leaderId;
  }

  @Override
  public void stateReplaced(ClusterState newState) {
    state = newState;
    appliedIndex = store.newest().orElseThrow().index();
    replaced++;
  }

  String hash() {
    return StateHash.of(state.entities());
  }
}
