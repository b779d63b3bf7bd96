package io.baton.jepsen.cluster;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;

/**
 * One coordinator of a {@link LocalCluster}: where it is, its files, and a connection for the
 * harness.
 */
final class CoordinatorNode implements AutoCloseable {
  private final String id;
  private final Site site;
  private final Path dataDirectory;
  private final Path log;
  private final ManagedChannel channel;

  CoordinatorNode(String id, Site site, Path directory) {
    this.id = id;
    this.site = site;
    this.dataDirectory = directory.resolve(id);
    this.log = directory.resolve(id + ".log");
    this.channel =
        NettyChannelBuilder.forAddress(site.harnessHost(), site.apiPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  String id() {
    return id;
  }

  Site site() {
    return site;
  }

  /** For clients among the processes. */
  String apiAddress() {
    return site.advertisedHost() + ":" + site.apiPort();
  }

  /** For the harness. */
  String harnessAddress() {
    return site.harnessHost() + ":" + site.apiPort();
  }

  String httpAddress() {
    return site.harnessHost() + ":" + site.httpPort();
  }

  String raftAddress() {
    return site.advertisedHost() + ":" + site.raftPort();
  }

  String advertisedHttpAddress() {
    return site.advertisedHost() + ":" + site.httpPort();
  }

  /** Its entry in the configuration that all share. */
  String configuration() {
    return "  - id: "
        + id
        + "\n"
        + endpoint("api", site.apiPort())
        + endpoint("http", site.httpPort())
        + endpoint("raft", site.raftPort());
  }

  private String endpoint(String name, int port) {
    return "    %s: {bind: \"%s:%d\", advertise: \"%s:%d\"}\n"
        .formatted(name, site.bindHost(), port, site.advertisedHost(), port);
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
