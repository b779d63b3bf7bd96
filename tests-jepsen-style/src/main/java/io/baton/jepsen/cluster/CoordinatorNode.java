package io.baton.jepsen.cluster;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;

/**
 * One coordinator of a {@link LocalCluster}: its addresses on the loopback interface, its files,
 * and a connection for the harness.
 */
final class CoordinatorNode implements AutoCloseable {
  private final String id;
  private final int apiPort;
  private final int httpPort;
  private final int raftPort;
  private final Path dataDirectory;
  private final Path log;
  private final ManagedChannel channel;

  CoordinatorNode(String id, int apiPort, int httpPort, int raftPort, Path directory) {
    this.id = id;
    this.apiPort = apiPort;
    this.httpPort = httpPort;
    this.raftPort = raftPort;
    this.dataDirectory = directory.resolve(id);
    this.log = directory.resolve(id + ".log");
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", apiPort)
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  String id() {
    return id;
  }

  String apiAddress() {
    return "127.0.0.1:" + apiPort;
  }

  String httpAddress() {
    return "127.0.0.1:" + httpPort;
  }

  String raftAddress() {
    return "127.0.0.1:" + raftPort;
  }

  int raftPort() {
    return raftPort;
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  Path log() {
    return log;
  }

  /** A connection that tries again at once, however often it failed. */
  ManagedChannel channel() {
    channel.resetConnectBackoff();
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
