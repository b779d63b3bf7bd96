package io.baton.cli.cluster;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.HashMap;
import java.util.Map;

/** The connections of this process, one a coordinator, opened when first used. Thread-safe. */
final class Channels implements AutoCloseable {
  /** A status may carry a thousand members with 4 KB of metadata each. */
  private static final int MAX_REPLY_BYTES = 64 << 20;

  private final Map<Endpoint, ManagedChannel> channels = new HashMap<>();

  /** Never blocks; a connection that failed a moment ago is tried again at once. */
  synchronized ManagedChannel to(Endpoint endpoint) {
    ManagedChannel channel = channels.computeIfAbsent(endpoint, Channels::open);
    channel.resetConnectBackoff();
    return channel;
  }

  private static ManagedChannel open(Endpoint endpoint) {
    return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
        .usePlaintext()
        .maxInboundMessageSize(MAX_REPLY_BYTES)
        .build();
  }

  @Override
  public synchronized void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
