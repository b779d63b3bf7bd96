package io.baton.coordinator.raft;

import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.state.Coordinator;
import java.util.List;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Coordinators as Ratis's peers. All have the same priority; the client address, which Ratis itself
 * has no use for here, carries the API port, so that a coordinator finds the peer service of one
 * that its configuration doesn't list.
 */
final class Peers {
  private Peers() {}

  /**
   * The first voters; none for a coordinator that was added: it hears from the leader who votes.
   */
  static List<RaftPeer> founders(RaftConfig config, Marker marker) {
    return config.coordinators().stream()
        .filter(peer -> marker.founders().containsKey(peer.id()))
        .map(
            peer ->
                peer(
                    peer.id(),
                    config.dialRaft().getOrDefault(peer.id(), peer.raftAddress()),
                    peer.apiAddress()))
        .toList();
  }

  /** The peers that this coordinator reaches at addresses of its own. */
  static List<RaftPeer> dialed(RaftConfig config) {
    return config.dialRaft().entrySet().stream()
        .map(e -> RaftPeer.newBuilder().setId(e.getKey()).setAddress(e.getValue()).build())
        .toList();
  }

  static RaftPeer peer(Coordinator coordinator) {
    return peer(coordinator.id(), coordinator.raftAddress(), coordinator.apiAddress());
  }

  private static RaftPeer peer(String id, String raftAddress, String apiAddress) {
    return RaftPeer.newBuilder()
        .setId(id)
        .setAddress(raftAddress)
        .setClientAddress(apiAddress)
        .build();
  }
}
