package io.baton.coordinator.raft;

import io.baton.internal.v1.PeerGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Channels to the peer services of the other coordinators. Thread-safe. */
public final class PeerClients implements AutoCloseable {
  private final RaftConfig config;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /**
   * Channels are opened when they are asked for, at this coordinator's own addresses for its peers.
   */
  public PeerClients(RaftConfig config) {
    this.config = config;
  }

  PeerClient to(RaftConfig.Peer peer) {
    return at(peer.id(), peer.apiAddress());
  }

  PeerClient at(String id, String advertised) {
    String address = config.dialApi().getOrDefault(id, advertised);
    ManagedChannel channel =
        channels.computeIfAbsent(
            address, a -> Grpc.newChannelBuilder(a, InsecureChannelCredentials.create()).build());
    channel.resetConnectBackoff(); // up to two minutes otherwise, after as long without an answer
    return new PeerClient(config.clusterName(), PeerGrpc.newBlockingStub(channel));
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
