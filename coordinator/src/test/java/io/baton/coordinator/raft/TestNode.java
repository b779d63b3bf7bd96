package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.storage.RocksStore;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One coordinator without its API: directory, store, core thread, peer service and log. */
final class TestNode {
  private static final Logger LOG = LoggerFactory.getLogger(TestNode.class);

  final RaftConfig config;
  final List<String> faults = new CopyOnWriteArrayList<>();
  final DataDirectory directory;
  final RocksStore store;
  final RatisLog log;
  final Replica replica;
  final RatisMembership membership;
  private final UUID proposer = UUID.randomUUID();
  private final AtomicLong rounds = new AtomicLong();
  private final ExecutorService core =
      Executors.newSingleThreadExecutor(Threads.named("test-core"));
  final PeerClients peers;
  private final PeerService service;
  private final Server server;
  private @Nullable Thread starting;
  private volatile @Nullable Exception refusal;
  private volatile boolean started;

  TestNode(RaftConfig config) throws IOException {
    this.config = config;
    FaultHandler handler =
        (what, cause) -> {
          faults.add(what + (cause == null ? "" : " " + cause));
          return new IllegalStateException(what, cause);
        };
    directory = DataDirectory.open(config.directory(), config.clusterName(), config.self());
    store = new RocksStore(config.directory(), handler);
    replica = new Replica(store);
    peers = new PeerClients(config);
    service = new PeerService(config, directory, store);
    service.serve(
        id ->
            CompletableFuture.supplyAsync(
                () ->
                    new Registry.Entry(
                        replica.state.cluster().id(),
                        Optional.ofNullable(replica.state.coordinators().get(id))),
                core));
    log = new RatisLog(config, directory, store, peers, core, handler);
    membership = new RatisMembership(config, directory, log, peers, this::propose);
    server =
        Grpc.newServerBuilderForPort(apiPort(), InsecureServerCredentials.create())
            .addService(service)
            .build()
            .start();
  }

  private int apiPort() {
    String address = config.own().apiAddress();
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  /** Starts on a thread of its own: a first start waits for the others. */
  void start() {
    Thread thread =
        Threads.named("test-start")
            .newThread(
                () -> {
                  try {
                    new Bootstrap(config, directory, service, peers).await();
                    log.start(replica, () -> replica.state.sessionEntities());
                    started = true;
                  } catch (IOException | RuntimeException | InterruptedException e) {
                    LOG.info("{} doesn't start", config.self(), e);
                    refusal = e;
                  }
                });
    starting = thread;
    thread.start();
  }

  boolean started() {
    return started;
  }

  @Nullable Exception refusal() {
    return refusal;
  }

  /** Asks on the core thread. */
  <T> T ask(Callable<T> question) {
    try {
      return core.submit(question).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean ready() {
    return started && ask(() -> replica.readyTerm > 0);
  }

  RoundId proposeRound(List<Renewal> renewals, List<Request> requests) {
    RoundId id = new RoundId(proposer, rounds.incrementAndGet());
    log.propose(new Round(id, 0, renewals, requests));
    return id;
  }

  /** Proposes one command; completes with its outcome, or fails with the proposal. */
  CompletableFuture<Outcome> propose(Command command, Actor actor) {
    RoundId id = proposeRound(List.of(), List.of(new Request(null, actor, command)));
    return CompletableFuture.supplyAsync(() -> await(id));
  }

  private Outcome await(RoundId id) {
    Awaitility.await()
        .atMost(TestCluster.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> ask(() -> replica.outcomes.containsKey(id) || replica.failed.contains(id)));
    List<Outcome> outcomes = ask(() -> replica.outcomes.getOrDefault(id, List.of()));
    if (outcomes.isEmpty()) {
      throw new IllegalStateException("not taken");
    }
    return outcomes.get(0);
  }

  void close() throws IOException, InterruptedException {
    Thread waiting = starting;
    if (waiting != null) {
      waiting.interrupt();
      waiting.join(30_000);
    }
    server.shutdownNow().awaitTermination();
    membership.close();
    log.close();
    peers.close();
    core.shutdown();
    if (!core.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the core thread does not end");
    }
    store.close();
    directory.close();
  }
}
