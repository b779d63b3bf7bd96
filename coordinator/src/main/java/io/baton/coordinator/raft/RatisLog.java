package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.Log;
import io.baton.coordinator.service.LogListener;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Round;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consensus by Apache Ratis. What it tells, it tells on the core thread, in the log's order; what
 * it is told returns at once. Made, started once, closed.
 */
public final class RatisLog implements Log, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);
  private static final long SNAPSHOT_TIMEOUT_MILLIS = 60_000;

  private final RaftConfig config;
  private final DataDirectory directory;
  private final Snapshots snapshots;
  private final Executor core;
  private final FaultHandler faults;
  private final RaftPeerId self;
  private final PeerClients peers;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /**
   * Ratis may wait for its lock, and so for the disk. One that waits is enough: more are dropped.
   */
  private final ExecutorService transfers =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          Threads.named("raft-transfer"),
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile @Nullable Running running;

  /** What exists between start and close. */
  private record Running(
      RaftGroupId group,
      RaftServer server,
      RaftServer.Division division,
      RoundMachine machine,
      SnapshotFetcher fetcher,
      Proposer proposer,
      LogWatch watch,
      RetirementWatch retirement) {}

  /**
   * A log that isn't started.
   *
   * @param core one thread, with an unbounded queue, that lives longer than the log
   */
  public RatisLog(
      RaftConfig config,
      DataDirectory directory,
      Snapshots snapshots,
      PeerClients peers,
      Executor core,
      FaultHandler faults) {
    this.config = config;
    this.directory = directory;
    this.snapshots = snapshots;
    this.core = core;
    this.faults = faults;
    this.self = RaftPeerId.valueOf(config.self());
    this.peers = peers;
  }

  /**
   * Checks the directory and starts. The store must have been opened, at the newest snapshot;
   * blocks for some seconds.
   *
   * @param sessions all sessions of the applied state; asked on the core thread before a snapshot
   * @throws IOException it can't start; the message says why
   */
  public void start(LogListener listener, Supplier<Stream<Entity>> sessions) throws IOException {
    RatisProcess.keepOurs();
    RaftProperties properties = RaftSettings.of(config);
    RaftDirectory.prepare(config, directory, properties, snapshots.newest());
    String groupName = directory.marker().group();
    RaftGroupId group = RaftGroupId.valueOf(UUID.fromString(groupName));
    SnapshotFetcher fetcher = new SnapshotFetcher(groupName, snapshots, peers);
    RoundMachine machine = new RoundMachine(listener, sessions, snapshots, fetcher, core, faults);
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(self)
            .setGroup(RaftGroup.valueOf(group, Peers.founders(config, directory.marker())))
            .setOption(StartupOption.RECOVER)
            .setProperties(properties)
            .setParameters(RaftPort.parameters())
            .setStateMachine(machine)
            .build();
    // Before Ratis sees any other address of theirs: it keeps the first for each id (trap 24).
    server.getServerRpc().addRaftPeers(Peers.dialed(config));
    Proposer proposer =
        new Proposer(
            server, group, round -> core.execute(() -> listener.proposalFailed(round)), faults);
    RaftServer.Division division = server.getDivision(group);
    LogWatch watch =
        new LogWatch(this, config, groupName, server, division, listener, core, faults);
    RetirementWatch retirement =
        new RetirementWatch(config, groupName, peers, this::status, faults);
    running = new Running(group, server, division, machine, fetcher, proposer, watch, retirement);
    try {
      server.start();
    } catch (ExitUtils.ExitException e) {
      throw new IOException("Ratis can't start: " + e.getMessage(), e);
    }
    proposer.start();
    watch.start();
    retirement.start();
  }

  @Override
  public void propose(Round round) {
    running().proposer().propose(round);
  }

  @Override
  public LogStatus status() {
    Running now = running;
    return now == null ? StatusReader.NOT_STARTED : StatusReader.read(now.division());
  }

  @Override
  public void stepDown(String why) {
    LOG.info("steps down: {}", why);
    transfer(null);
  }

  @Override
  public void transferLeadership(String why) {
    Optional<String> next =
        status().peers().stream()
            .filter(LogStatus.Peer::voter)
            .max(
                Comparator.comparingLong(LogStatus.Peer::matchIndex)
                    .thenComparing(
                        Comparator.comparingLong(LogStatus.Peer::silentMillis).reversed())
                    .thenComparing(LogStatus.Peer::id))
            .map(LogStatus.Peer::id);
    if (next.isPresent()) {
      LOG.info("hands leadership to {}: {}", next.get(), why);
      transfer(RaftPeerId.valueOf(next.get()));
    }
  }

  private void transfer(@Nullable RaftPeerId next) {
    transfers.execute(
        () -> {
          var unused =
              inRatis(
                  (server, group) ->
                      server.transferLeadershipAsync(
                          new TransferLeadershipRequest(
                              client,
                              self,
                              group,
                              calls.incrementAndGet(),
                              next,
                              config.elections().maxMillis())));
        });
  }

  /** Takes a snapshot soon, where there is anything new. Any thread. */
  CompletableFuture<RaftClientReply> snapshot() {
    return inRatis(
        (server, group) ->
            server.snapshotManagementAsync(
                SnapshotManagementRequest.newCreate(
                    client, self, group, calls.incrementAndGet(), SNAPSHOT_TIMEOUT_MILLIS, 1)));
  }

  /** Changes who votes from exactly {@code current} to {@code next}. Any thread. */
  CompletableFuture<RaftClientReply> changeVoters(List<RaftPeer> current, List<RaftPeer> next) {
    // Trap 23: the builder, since the overload with two arrays mixes peers up with listeners.
    SetConfigurationRequest.Arguments arguments =
        SetConfigurationRequest.Arguments.newBuilder()
            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
            .setServersInCurrentConf(current)
            .setServersInNewConf(next)
            .build();
    return inRatis(
        (server, group) ->
            server.setConfigurationAsync(
                new SetConfigurationRequest(
                    client, self, group, calls.incrementAndGet(), arguments)));
  }

  /** Who votes, as this coordinator knows it. */
  List<RaftPeer> voters() {
    return List.copyOf(division().getRaftConf().getCurrentPeers());
  }

  /** A call that Ratis may refuse by throwing. */
  private interface Call {
    CompletableFuture<RaftClientReply> on(RaftServer server, RaftGroupId group) throws IOException;
  }

  private CompletableFuture<RaftClientReply> inRatis(Call call) {
    try {
      Running now = running();
      return call.on(now.server(), now.group());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Ratis's side of it, once started. */
  RaftServer.Division division() {
    return running().division();
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the log isn't running");
    }
    return now;
  }

  /** Stops without handing leadership on; waits for what was committed to be applied. */
  @Override
  public void close() throws IOException {
    Running now = running;
    if (now != null) {
      now.machine().expectClose();
      now.watch().close();
      now.retirement().close();
      now.proposer().close();
      now.server().close();
      now.fetcher().close();
    }
    transfers.shutdownNow();
  }
}
