package io.baton.coordinator.service;

import java.util.List;

/**
 * The log's view of itself and, where it leads, of its peers.
 *
 * @param leaderId empty while unknown
 * @param flushedIndex last entry on this coordinator's own disk
 * @param peers all others of the configuration; empty lists of a follower's knowledge are normal
 */
public record LogStatus(
    Role role,
    long term,
    String leaderId,
    long appliedIndex,
    long committedIndex,
    long flushedIndex,
    List<Peer> peers) {
  public LogStatus {
    peers = List.copyOf(peers);
  }

  /** Raft's roles. */
  public enum Role {
    LEADER,
    FOLLOWER,
    CANDIDATE,
    LISTENER,
    UNKNOWN
  }

  /**
   * Another coordinator.
   *
   * @param matchIndex last entry known to be on its disk; -1 where this coordinator doesn't lead
   * @param silentMillis since it last answered the leader; -1 where this coordinator doesn't lead
   */
  public record Peer(
      String id, String raftAddress, boolean voter, long matchIndex, long silentMillis) {}
}
