package io.baton.coordinator.service;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Round;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Coordinators around one log in memory, in one thread. Time passes and rounds are committed when a
 * test says so. The first one leads; the cluster is founded and has a group {@code g} with a TTL of
 * 5 s (so: keepalives every second).
 */
final class Cluster {
  static final String ID = "cluster-1";
  static final String GROUP = "g";
  private static final long STEP_MILLIS = 10;
  private static final long KEEPALIVE_MILLIS = 500;
  private static final int MAX_ROUNDS_AT_ONCE = 1_000;

  final List<Server> servers = new ArrayList<>();

  /** Whether what the leader proposes is committed. */
  boolean quorum = true;

  private final ManualTicker time = new ManualTicker();
  private final List<Entry> committed = new ArrayList<>();
  private Server leader;
  private long term;
  private long steps;

  private record Entry(long term, Round round) {}

  Cluster(int size) {
    for (String id : List.of("a", "b", "c").subList(0, size)) {
      servers.add(new Server(id));
    }
    leader = servers.get(0);
    elect(leader);
    commit();
    accept(new Command.CreateGroup(GROUP, GroupSpec.DEFAULT));
  }

  // ------------------------------------------------------------------ leadership

  Server leader() {
    return leader;
  }

  Node node() {
    return leader.node;
  }

  long term() {
    return term;
  }

  /** Another leader, which all hear of; what the old one has in flight is lost. */
  void elect(Server next) {
    depose(next);
    next.node.ready(term);
  }

  /** Another leader that has not applied an entry of its own term yet. */
  void depose(Server next) {
    term++;
    Server before = leader;
    leader = next;
    before.log.waiting.clear();
    deliver();
    for (Server server : servers) {
      if (!server.paused && !server.cutOff) {
        tell(server);
      }
    }
  }

  /** Tells one coordinator who leads. */
  void tell(Server server) {
    if (server != leader) {
      server.node.notLeader();
    }
    server.node.leaderChanged(term, leader.id);
  }

  // ------------------------------------------------------------------ the log

  /** Commits what the leader has proposed, and what follows from it, until nothing does. */
  void commit() {
    for (int rounds = 0; quorum && !leader.log.waiting.isEmpty(); rounds++) {
      if (rounds > MAX_ROUNDS_AT_ONCE) {
        throw new AssertionError("no end of rounds: " + leader.log.lastProposed());
      }
      committed.add(new Entry(term, leader.log.waiting.remove()));
      deliver();
    }
  }

  /** Commits the oldest round that waits. */
  void commitOne() {
    committed.add(new Entry(term, leader.log.waiting.remove()));
    deliver();
  }

  /** Commits a round that another proposer left behind. */
  void commit(Round round) {
    committed.add(new Entry(term, round));
    deliver();
  }

  /** Everyone who can applies what is committed. */
  void deliver() {
    for (Server server : servers) {
      if (!server.paused && !server.cutOff) {
        deliver(server);
      }
    }
  }

  void deliver(Server server) {
    while (server.applied < committed.size()) {
      Entry entry = committed.get(server.applied++);
      server.node.applied(entry.term, server.applied, entry.round);
    }
  }

  /** Brings a coordinator up to date by a snapshot of another's. */
  void install(Server from, Server to) {
    to.store.replaceBy(from.store);
    to.applied = from.applied;
    to.node.stateReplaced(from.copyOfState());
  }

  // ------------------------------------------------------------------ time

  /** Lets time pass in small steps, while {@code living} send keepalives. */
  void run(long millis, Agent... living) {
    for (long passed = 0; passed < millis; passed += STEP_MILLIS) {
      time.advanceMillis(STEP_MILLIS);
      if (steps++ % (KEEPALIVE_MILLIS / STEP_MILLIS) == 0) {
        for (Agent agent : living) {
          agent.keepAlive();
        }
      }
      tick();
      commit();
    }
  }

  /** Time jumps, and everyone who runs has a tick. */
  void jump(long millis) {
    time.advanceMillis(millis);
    tick();
  }

  private void tick() {
    for (Server server : servers) {
      if (!server.paused) {
        server.ticker.catchUpWith(time);
        server.node.tick();
      }
    }
  }

  // ------------------------------------------------------------------ what tests ask

  /** Submits a command that must be taken. */
  Outcome.Applied accept(Command command) {
    RecordedReply<Outcome> reply = leader.submit(command);
    commit();
    if (reply.answer() instanceof Outcome.Applied applied) {
      return applied;
    }
    throw new AssertionError(command + ": " + reply.answer() + reply.refusal());
  }

  void setTtl(long millis) {
    accept(new Command.UpdateGroup(GROUP, GroupSpec.DEFAULT.withTtlMillis(millis), 0));
  }

  /** The lease of the group's only slot, as the leader has it. */
  @Nullable Lease lease() {
    return lease(GROUP);
  }

  @Nullable Lease lease(String name) {
    return lease(name, 0);
  }

  @Nullable Lease lease(String name, int slot) {
    Group group = leader.state().group(name);
    return group == null ? null : group.lease(slot);
  }

  Lease leaseThatStands() {
    Lease lease = lease();
    if (lease == null) {
      throw new AssertionError("the slot is free");
    }
    return lease;
  }

  /** The member that holds the group's only slot; empty: it is free. */
  String holder() {
    Lease lease = lease();
    return lease == null ? "" : lease.member();
  }

  List<HistoryEvent> history(HistoryEvent.Type type) {
    return leader.store.all().stream().filter(e -> e.type() == type).toList();
  }

  /** How many commands of a kind the present leader has proposed. */
  long proposed(Class<? extends Command> kind) {
    return leader.log.proposed.stream()
        .flatMap(r -> r.requests().stream())
        .filter(r -> kind.isInstance(r.command()))
        .count();
  }

  // ------------------------------------------------------------------ agents

  /** An agent with an open session. */
  Agent agent(String id) {
    Agent agent = new Agent(id);
    agent.connect(leader);
    commit();
    return agent;
  }

  /** An agent whose session is a READY member of the group, under the same id. */
  Agent member(String id) {
    Agent agent = agent(id);
    agent.join(GROUP, id);
    commit();
    return agent;
  }
}
