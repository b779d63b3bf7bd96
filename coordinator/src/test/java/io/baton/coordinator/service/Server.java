package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One coordinator of a {@link Cluster} in memory. */
final class Server {
  static final long ELECTION_MILLIS_MAX = 600;

  final String id;
  final ManualTicker ticker = new ManualTicker();
  final List<String> said = new ArrayList<>();
  final MemoryStore store = new MemoryStore();
  MemoryLog log = new MemoryLog();
  Node node;
  boolean readOnly;

  /** Its process stands still; entries wait. */
  boolean paused;

  /** Nothing reaches it from its peers. */
  boolean cutOff;

  /** Entries applied. */
  int applied;

  private UUID proposer = UUID.randomUUID();

  Server(String id) {
    this.id = id;
    this.node = node(ClusterState.empty());
  }

  /** The process ends and starts again from what is on its disk. */
  void restart() {
    ClusterState onDisk = copyOfState();
    log = new MemoryLog();
    proposer = UUID.randomUUID();
    node = node(onDisk);
  }

  private Node node(ClusterState loaded) {
    NodeSettings settings = new NodeSettings("test", id, ELECTION_MILLIS_MAX, 10);
    return new Node(
        settings,
        new Node.Ports(
            proposer,
            ticker,
            () -> 1_000,
            log,
            store,
            Server::founding,
            () -> readOnly,
            new Lines()),
        loaded);
  }

  private static Command.Found founding() {
    return new Command.Found(
        Cluster.ID, 60_000, 5_000, List.of(coordinator("a"), coordinator("b"), coordinator("c")));
  }

  private static Coordinator coordinator(String id) {
    return new Coordinator(id, "dir-" + id, id + ":7000", id + ":7002", id + ":7001", false);
  }

  /** Its present state; not to be kept across rounds. */
  ClusterState state() {
    RecordedReply<ClusterState> reply = new RecordedReply<>();
    node.read(false, View::state, reply);
    ClusterState state = reply.answer();
    if (state == null) {
      throw new AssertionError("a local read was refused: " + reply.refusal());
    }
    return state;
  }

  ClusterState copyOfState() {
    return ClusterState.restore(state().entities());
  }

  RecordedReply<Outcome> submit(Command command) {
    RecordedReply<Outcome> reply = new RecordedReply<>();
    node.submit(Request.of(command), reply);
    return reply;
  }

  /** Asks for the revision, linearizably. */
  RecordedReply<Long> read() {
    RecordedReply<Long> reply = new RecordedReply<>();
    node.read(true, view -> view.state().revision(), reply);
    return reply;
  }

  private final class Lines implements Journal {
    @Override
    public void changed(HistoryEvent event) {}

    @Override
    public void said(String line) {
      said.add(line);
    }
  }
}
