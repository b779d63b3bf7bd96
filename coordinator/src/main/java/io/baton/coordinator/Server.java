package io.baton.coordinator;

import io.baton.coordinator.codec.StateHash;
import io.baton.coordinator.config.CoordinatorEntry;
import io.baton.coordinator.config.HostPort;
import io.baton.coordinator.config.ServerConfig;
import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.DiskSpace;
import io.baton.coordinator.ops.OpsServer;
import io.baton.coordinator.raft.Bootstrap;
import io.baton.coordinator.raft.Founding;
import io.baton.coordinator.raft.PeerClients;
import io.baton.coordinator.raft.PeerService;
import io.baton.coordinator.raft.RaftConfig;
import io.baton.coordinator.raft.RatisLog;
import io.baton.coordinator.raft.RatisMembership;
import io.baton.coordinator.rpc.ApiServer;
import io.baton.coordinator.rpc.Identity;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Node;
import io.baton.coordinator.service.NodeSettings;
import io.baton.coordinator.service.Ticker;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.storage.RocksStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One coordinator, put together: the disk, the log, the node on its core thread, and the ports in
 * front of it.
 */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int DRIFT_PERMILLE = 10;
  private static final long SETTLE_MILLIS = 30;
  private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ServerConfig config;
  private final String version;
  private final FaultHandler faults;
  private final Resources resources = new Resources();
  private volatile Runnable handover = () -> {};

  Server(ServerConfig config, String version, FaultHandler faults) {
    this.config = config;
    this.version = version;
    this.faults = faults;
  }

  /**
   * Starts everything; blocks until this coordinator serves, which on a first start takes as long
   * as the others do.
   *
   * @throws IOException it can't start; the message says why
   */
  void start() throws IOException, InterruptedException {
    RaftConfig raft = RaftWiring.of(config);
    DataDirectory directory =
        resources.add(DataDirectory.open(raft.directory(), config.cluster(), config.node().id()));
    DiskSpace disk = resources.add(DiskSpace.of(raft.directory(), bounds()));
    disk.requireRoom();
    RocksStore store = resources.add(new RocksStore(raft.directory().resolve("store"), faults));
    Ticker ticker = System::nanoTime;
    CoreThread core =
        new CoreThread(
            config.advanced().coreQueue(),
            ticker,
            broken -> {
              throw faults.fatal("the core thread", broken);
            });
    resources.add(core::stop);
    PeerClients peers = resources.add(new PeerClients(raft));
    RatisLog log = resources.add(new RatisLog(raft, directory, store, peers, core, faults));
    NodeSettings settings =
        new NodeSettings(
            config.cluster(),
            config.node().id(),
            config.timing().electionMax().toMillis(),
            DRIFT_PERMILLE);
    Node.Ports ports =
        new Node.Ports(
            UUID.randomUUID(),
            ticker,
            System::currentTimeMillis,
            log,
            store,
            () -> founding(directory),
            () -> disk.level() != DiskSpace.Level.OK,
            new LoggedJournal());
    Node node = on(core, () -> new Node(settings, ports, store.reload()));
    CoreReads reads = new CoreReads(node, core);
    RatisMembership membership =
        resources.add(new RatisMembership(raft, directory, log, peers, reads::submit));
    PeerService peerService = new PeerService(raft, directory, store);

    CoordinatorEntry own = config.own();
    OpsServer ops = resources.add(openOps(own.http().bind(), node, core));
    Identity identity =
        new Identity(config.cluster(), config.node().id(), version, settings.safeTtlMillis());
    ApiServer api =
        resources.add(
            opened(
                "API",
                own.api().bind(),
                bind ->
                    ApiServer.start(
                        bind,
                        identity,
                        node,
                        core,
                        membership,
                        System::currentTimeMillis,
                        Server::hash,
                        List.of(peerService))));

    disk.watch(faults);
    new Bootstrap(raft, directory, peerService, peers).await();
    log.start(node, reads::sessionEntities);
    core.drive(node::tick, node::nextTickNanos);
    peerService.serve(reads::registryEntry);
    handover = () -> handOver(node, core, log);
    api.serving();
    ops.serving();
  }

  /**
   * Stops in good order: refuses new work, hands leadership on, and closes. Blocks for some two
   * seconds at most, and for what Ratis takes.
   */
  void stop() {
    handover.run();
    resources.close();
  }

  // ------------------------------------------------------------------ parts

  private DiskSpace.Bounds bounds() {
    return new DiskSpace.Bounds(
        config.advanced().disk().watermarkBytes(), config.advanced().disk().floorBytes());
  }

  private Command.Found founding(DataDirectory directory) {
    return Founding.command(
        directory.marker(),
        UUID.randomUUID().toString(),
        config.lease().maxTtl().toMillis(),
        config.lease().defaultTtl().toMillis(),
        RaftWiring.coordinators(config));
  }

  private static String hash(ClusterState state) {
    return StateHash.of(state.entities());
  }

  private OpsServer openOps(HostPort bind, Node node, CoreThread core) throws IOException {
    return opened(
        "HTTP",
        bind,
        address ->
            OpsServer.start(address, config.cluster(), config.node().id(), version, node, core));
  }

  /** Opens a port. */
  private interface Opening<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  private static <T> T opened(String name, HostPort bind, Opening<T> opening) throws IOException {
    try {
      return opening.at(new InetSocketAddress(bind.host(), bind.port()));
    } catch (IOException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "the " + name + " port " + bind + " can't be opened: " + cause.getMessage(), e);
    }
  }

  private static <T> T on(CoreThread core, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, core).join();
  }

  // ------------------------------------------------------------------ the end

  private static void handOver(Node node, CoreThread core, RatisLog log) {
    core.execute(node::drain);
    if (log.status().role() != LogStatus.Role.LEADER) {
      return;
    }
    LOG.info("stops, and hands leadership on");
    try {
      // What is in flight settles first: a transfer under writes often fails (ratis.md §6).
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      log.transferLeadership("stops");
      long deadline = System.nanoTime() + HANDOVER_NANOS;
      while (isLeader(log) && !alone(log) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isLeader(RatisLog log) {
    return log.status().role() == LogStatus.Role.LEADER;
  }

  private static boolean alone(RatisLog log) {
    return log.status().peers().isEmpty();
  }
}
