package io.baton.simulation;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Journal;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Log;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Node;
import io.baton.coordinator.service.NodeSettings;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A coordinator: the real {@link Node}, on a simulated process, log and disk. */
final class SimCoordinator {
  private static final int SNAPSHOT_EVERY = 400;

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final String id;
  private final Clock clock;
  private Life life;
  private Node node;
  private ClusterState state;
  private MemoryStore store;
  private long applied;
  private boolean isolated;
  private boolean applying;
  private long readyIndex;
  private long readyTerm;
  private long ticksPlanned;

  /** What the disk holds: the image of the state at an index, and the history up to it. */
  private Snapshot snapshot = new Snapshot(0, List.of(), new MemoryStore());

  private record Snapshot(long index, List<Entity> image, MemoryStore history) {}

  SimCoordinator(World world, String id, Clock clock) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.id = id;
    this.clock = clock;
    this.life = new Life(scheduler);
    this.store = new MemoryStore();
    this.state = ClusterState.empty();
    this.node = start();
  }

  String id() {
    return id;
  }

  Life life() {
    return life;
  }

  long applied() {
    return applied;
  }

  ClusterState state() {
    return state;
  }

  List<HistoryEvent> events(long from) {
    return store.eventsFrom(from, Integer.MAX_VALUE);
  }

  Api api() {
    return node;
  }

  /** Whether it takes part in consensus now. */
  boolean reachable() {
    return life.running() && !isolated;
  }

  private Node start() {
    NodeSettings settings = new NodeSettings("sim", id, 600, 10);
    Life mine = life;
    Node started =
        new Node(
            settings,
            new Node.Ports(
                new UUID(random.nextLong(), random.nextLong()),
                clock::nanos,
                () -> scheduler.now() / Scheduler.MILLI,
                new SimLog(mine),
                store,
                this::founding,
                () -> false,
                Journal.SILENT),
            state);
    started.leaders(hint -> tellAgents(mine, hint));
    planTick(mine, started);
    return started;
  }

  private Command.Found founding() {
    return new Command.Found(
        "sim-cluster",
        60_000,
        5_000,
        world.coordinators().stream()
            .map(c -> new Coordinator(c.id, "dir-" + c.id, c.id, c.id, c.id, false))
            .toList());
  }

  private void planTick(Life mine, Node ticked) {
    long plan = ++ticksPlanned;
    long due = clock.trueTimeOf(ticked.nextTickNanos());
    scheduler.at(
        due,
        () ->
            mine.run(
                () -> {
                  if (plan == ticksPlanned) {
                    ticked.tick();
                    planTick(mine, ticked);
                  }
                }));
  }

  private void replan() {
    planTick(life, node);
  }

  /** Runs something against the node, as an adapter would. */
  void act(Runnable action) {
    life.run(
        () -> {
          action.run();
          replan();
        });
  }

  private void tellAgents(Life mine, LeaderHint hint) {
    for (SimAgent agent : world.agents()) {
      world.network().hint(mine, this, agent, hint);
    }
  }

  // ------------------------------------------------------------------ the log

  /** Applies what is committed, one entry at a time, a little late. */
  void catchUp() {
    if (applying || !life.alive() || isolated || world.raft().entry(applied + 1) == null) {
      return;
    }
    applying = true;
    Life mine = life;
    long lag = this == world.raft().leader() ? 20_000 : 200_000 + random.nextLong(3_000_000);
    scheduler.after(
        lag,
        () ->
            mine.run(
                () -> {
                  applying = false;
                  if (!isolated) {
                    applyAll();
                  }
                }));
  }

  private void applyAll() {
    for (SimRaft.Entry next = world.raft().entry(applied + 1);
        next != null;
        next = world.raft().entry(applied + 1)) {
      applied = next.index();
      Round round = next.round();
      if (round == null) {
        node.appliedOwn(next.term(), next.index());
      } else {
        node.applied(next.term(), next.index(), round);
        world.applied(this);
      }
      if (applied == readyIndex) {
        node.ready(readyTerm);
      }
      if (applied - snapshot.index >= SNAPSHOT_EVERY) {
        snapshot = new Snapshot(applied, state.entities().toList(), store.copy());
      }
    }
    replan();
  }

  void readyAt(long index, long term) {
    readyIndex = index;
    readyTerm = term;
    catchUp();
  }

  void learnLeader(long term, String leaderId) {
    if (!isolated) {
      act(() -> node.leaderChanged(term, leaderId));
    }
  }

  void deposed() {
    if (this != world.raft().leader()) {
      renounce();
    }
  }

  /** Its term is over, whether it leads the next one or not. */
  void renounce() {
    readyIndex = 0;
    act(node::notLeader);
  }

  /** A proposal was not taken. */
  void failed(RoundId round) {
    act(() -> node.proposalFailed(round));
  }

  /** A snapshot of another coordinator takes the place of entries this one never saw. */
  void install(SimCoordinator from) {
    if (from.applied <= applied || !life.alive()) {
      return;
    }
    List<Entity> image = from.state.entities().toList();
    long index = from.applied;
    MemoryStore history = from.store.copy();
    life.run(
        () -> {
          if (index > applied) {
            applied = index;
            state = ClusterState.restore(image.stream());
            store.replaceBy(history);
            node.stateReplaced(state);
            world.covered("snapshot installed");
            replan();
          }
        });
  }

  // ------------------------------------------------------------------ faults

  void crash() {
    life.kill();
    world.network().coordinatorDied(this);
    world.raft().stepDown(this);
    world.raft().look();
  }

  /** Starts again from its snapshot; the log is replayed from there. */
  void restart() {
    life = new Life(scheduler);
    applying = false;
    readyIndex = 0;
    applied = snapshot.index;
    state =
        snapshot.index == 0 ? ClusterState.empty() : ClusterState.restore(snapshot.image.stream());
    store = snapshot.history.copy();
    node = start();
    catchUp();
    world.raft().look();
  }

  void pause(long nanos) {
    life.pause(nanos);
    world.raft().look();
    scheduler.after(nanos, () -> world.raft().look());
  }

  void isolate(long nanos) {
    isolated = true;
    world.raft().look();
    scheduler.after(
        nanos,
        () -> {
          isolated = false;
          catchUp();
          world.raft().look();
          if (this != world.raft().leader()) {
            scheduler.after(10 * Scheduler.MILLI, this::deposed);
          }
          world.tellLeader(this);
        });
  }

  /** The log port of one process. */
  private final class SimLog implements Log {
    private final Life mine;

    SimLog(Life mine) {
      this.mine = mine;
    }

    @Override
    public void propose(Round round) {
      if (mine == life) {
        world.raft().propose(SimCoordinator.this, round);
      }
    }

    @Override
    public LogStatus status() {
      return world.raft().status(SimCoordinator.this);
    }

    @Override
    public void stepDown(String why) {
      world.covered("leader stepped down");
      world.raft().stepDown(SimCoordinator.this);
      scheduler.after(Scheduler.MILLI, () -> mine.run(() -> node.notLeader()));
    }

    @Override
    public void transferLeadership(String why) {
      world.covered("leader suspected itself");
      scheduler.after(5 * Scheduler.MILLI, () -> world.raft().transfer(SimCoordinator.this));
    }
  }
}
