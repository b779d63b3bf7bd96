package io.baton.coordinator.raft;

import static org.awaitility.Awaitility.await;

import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Coordinators on free loopback ports in one process. */
final class TestCluster {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path root;
  private final RaftConfig.Retention retention;
  private final List<RaftConfig.Peer> listed = new ArrayList<>();
  final SortedMap<String, TestNode> nodes = new TreeMap<>();

  TestCluster(Path root, RaftConfig.Retention retention) {
    this.root = root;
    this.retention = retention;
  }

  /** Every limit so small that a few hundred entries reach it. */
  static RaftConfig.Retention tiny() {
    return new RaftConfig.Retention(100, Duration.ofHours(1), 1L << 40, 0, 16 << 10);
  }

  static RaftConfig.Peer newPeer(String id) {
    return new RaftConfig.Peer(id, "127.0.0.1:" + freePort(), "127.0.0.1:" + freePort());
  }

  /**
   * Below the range from which the system takes ports for outgoing connections: one of those is
   * easily taken between its choice and its use.
   */
  private static int freePort() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10_000, 20_000))
        .filter(TestCluster::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port)) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  RaftConfig config(String id, List<RaftConfig.Peer> peers) {
    String raft =
        peers.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow().raftAddress();
    return new RaftConfig(
        "test",
        id,
        "127.0.0.1",
        Integer.parseInt(raft.substring(raft.indexOf(':') + 1)),
        peers,
        Map.of(),
        Map.of(),
        root.resolve(id),
        new RaftConfig.Elections(500, 1_000),
        retention);
  }

  Path directory(String id) {
    return root.resolve(id);
  }

  /** Starts as many for the first time. */
  void found(String... ids) throws IOException {
    for (String id : ids) {
      listed.add(newPeer(id));
    }
    startAll();
  }

  void startAll() throws IOException {
    for (RaftConfig.Peer peer : listed) {
      start(peer.id());
    }
  }

  TestNode start(String id) throws IOException {
    return start(config(id, listed));
  }

  TestNode start(RaftConfig config) throws IOException {
    TestNode node = new TestNode(config);
    nodes.put(config.self(), node);
    node.start();
    return node;
  }

  List<RaftConfig.Peer> listed() {
    return listed;
  }

  void stop(String id) throws IOException, InterruptedException {
    Optional.ofNullable(nodes.remove(id)).orElseThrow().close();
  }

  void wipe(String id) throws IOException {
    DurableFiles.deleteTree(root.resolve(id));
  }

  TestNode leader() {
    return await()
        .atMost(PATIENCE)
        .failFast("a coordinator refused to start", this::refused)
        .until(
            () -> nodes.values().stream().filter(TestNode::ready).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private boolean refused() {
    return nodes.values().stream().anyMatch(node -> node.refusal() != null);
  }

  TestNode follower() {
    String leader = leader().config.self();
    return nodes.values().stream()
        .filter(n -> !n.config.self().equals(leader))
        .findFirst()
        .orElseThrow();
  }

  /** Proposes to whoever leads until it is applied. */
  Outcome apply(Command command) {
    return await()
        .atMost(PATIENCE)
        .until(() -> tryApply(command), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Outcome> tryApply(Command command) throws InterruptedException {
    try {
      return Optional.of(
          leader().propose(command, Actor.SYSTEM).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** So many entries: proposed at once, where nothing goes wrong. */
  void createGroups(String prefix, int count) {
    TestNode leader = leader();
    for (int i = 0; i < count - 1; i++) {
      Command command = new Command.CreateGroup(prefix + i, GroupSpec.DEFAULT);
      leader.proposeRound(List.of(), List.of(Request.of(command)));
    }
    apply(new Command.CreateGroup(prefix + (count - 1), GroupSpec.DEFAULT));
  }

  /** Waits until all that run have the same state, and returns its hash. */
  String awaitEqualStates() {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                nodes.values().stream().map(n -> n.ask(() -> n.replica.hash())).distinct().toList(),
            hashes -> hashes.size() == 1)
        .get(0);
  }

  /**
   * Ratis looks whether one is due when it hands entries over, up to 64 before they are applied: so
   * 200 entries more than {@code atLeast} bring it for certain.
   */
  void awaitSnapshot(TestNode node, long atLeast) {
    await()
        .atMost(PATIENCE)
        .until(() -> node.store.newest().filter(p -> p.index() >= atLeast).isPresent());
  }

  void close() throws IOException, InterruptedException {
    for (TestNode node : nodes.values()) {
      node.close();
    }
  }
}
