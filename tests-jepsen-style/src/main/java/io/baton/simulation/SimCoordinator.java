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
final class SimCoordinator implements Machine {
  private static final int SNAPSHOT_EVERY = 150;

  /** Entries that a snapshot has and the log keeps, for those who are only a little behind. */
  private static final int KEPT = 20;

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final int index;
  private final String id;
  private final Clock clock;
  private final Disk disk;
  private final RaftLog log = new RaftLog();
  private Life life;
  private RaftPeer raft;
  private Node node;
  private Alarm ticks;
  private ClusterState state;
  private MemoryStore store;
  private long applied;
  private boolean applying;
  private long readyIndex;
  private long readyTerm;

  /** What the disk holds beside the log. */
  private Snapshot snapshot;

  /** The state at an entry, and the history up to it. */
  record Snapshot(long index, long term, List<Entity> image, MemoryStore store) {}

  SimCoordinator(World world, int index, Clock clock) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.index = index;
    this.id = "n" + (index + 1);
    this.clock = clock;
    this.disk = new Disk(scheduler, random);
    this.snapshot = Past.snapshot();
    this.life = new Life(scheduler);
    this.store = snapshot.store.copy();
    this.state = ClusterState.restore(snapshot.image.stream());
    this.raft = new RaftPeer(world, this, log, disk, applied);
    this.node = make();
    this.ticks = ticking();
  }

  String id() {
    return id;
  }

  int index() {
    return index;
  }

  @Override
  public Life life() {
    return life;
  }

  RaftPeer raft() {
    return raft;
  }

  Disk disk() {
    return disk;
  }

  long applied() {
    return applied;
  }

  Snapshot snapshot() {
    return snapshot;
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

  /** The first look at the time. */
  void begin() {
    replan();
  }

  private Node make() {
    NodeSettings settings = new NodeSettings("sim", id, 600, 10);
    Life mine = life;
    UUID proposer = new UUID(random.nextLong(), random.nextLong());
    Node made =
        new Node(
            settings,
            new Node.Ports(
                proposer,
                clock::nanos,
                () -> scheduler.now() / Scheduler.MILLI,
                new SimLog(),
                store,
                this::founding,
                () -> false,
                Journal.SILENT),
            state);
    made.leaders(hint -> tellAgents(mine, hint));
    return made;
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

  private Alarm ticking() {
    Life mine = life;
    return new Alarm(scheduler, () -> mine.run(this::tick));
  }

  private void tick() {
    node.tick();
    replan();
  }

  /** Whatever happens meanwhile, it ticks again when it was to. */
  private void replan() {
    ticks.setEarlier(clock.trueTimeOf(node.nextTickNanos()));
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

  /** Applies what is committed, sometimes a little late. */
  void applySoon() {
    if (applying || random.nextInt(16) != 0) {
      applyCommitted();
      return;
    }
    applying = true;
    Life mine = life;
    scheduler.after(
        random.nextInt(50) * Scheduler.MILLI,
        () ->
            mine.run(
                () -> {
                  applying = false;
                  applyCommitted();
                }));
  }

  /** Applies what is committed, one entry at a time. */
  void applyCommitted() {
    if (applying) {
      return;
    }
    applying = true;
    while (applied < raft.commit()) {
      apply(log.entry(applied + 1));
    }
    applying = false;
    replan();
  }

  private void apply(LogEntry entry) {
    boolean first = world.raft().applies(entry);
    applied = entry.index();
    raft.applied(applied);
    Round round = entry.round();
    if (round == null) {
      node.appliedOwn(entry.term(), entry.index());
    } else {
      if (first) {
        world.observer().applying(round, entry.term(), state);
      }
      long before = state.revision();
      node.applied(entry.term(), entry.index(), round);
      world.observer().applied(this, round);
      world.applied(this, first, before);
    }
    if (applied == readyIndex) {
      node.ready(readyTerm);
      world.observer().ready(this);
    }
    if (applied - snapshot.index >= SNAPSHOT_EVERY) {
      List<Entity> image = store.image(state.sessionEntities());
      snapshot = new Snapshot(applied, entry.term(), image, store.copy());
      log.purge(applied - KEPT);
    }
  }

  /** It leads, and may answer once it has applied this entry of its own term. */
  void readyAt(long entry, long term) {
    readyIndex = entry;
    readyTerm = term;
  }

  void learnLeader(long term, String leaderId) {
    node.leaderChanged(term, leaderId);
    replan();
  }

  /** Its term is over. */
  void renounce() {
    readyIndex = 0;
    node.notLeader();
    replan();
  }

  /** Whether it leads and may answer. */
  boolean isReady() {
    return life.alive() && readyIndex != 0 && applied >= readyIndex && raft.leads();
  }

  /** A proposal was not taken. */
  void failed(RoundId round) {
    node.proposalFailed(round);
    replan();
  }

  /** Another's snapshot takes the place of entries that this one never saw. */
  void install(Snapshot installed) {
    long before = state.revision();
    snapshot = installed;
    applied = installed.index;
    state = ClusterState.restore(installed.image.stream());
    store.replaceBy(installed.store);
    node.stateReplaced(state);
    world.observer().adopted(this, false);
    world.covered(Case.SNAPSHOT_INSTALLED);
    world.covered(Case.WATCH_OVER_SNAPSHOT, state.revision() > before);
    replan();
  }

  // ------------------------------------------------------------------ faults

  @Override
  public void pause(long nanos) {
    life.pause(nanos);
  }

  /** The machine sleeps, and its monotonic clock with it; one that is off does not. */
  @Override
  public void suspend(long nanos) {
    if (!life.alive()) {
      return;
    }
    life.pause(nanos);
    Life mine = life;
    scheduler.after(
        nanos,
        () -> {
          if (mine == life) {
            clock.slept(nanos);
            mine.run(this::tick);
          }
        });
  }

  @Override
  public void crash() {
    crash(false);
  }

  /** Ends the process; without power, what was not synced is gone too. */
  void crash(boolean powerLost) {
    if (!life.alive()) {
      return;
    }
    if (log.flushed(scheduler.now()) < log.last()) {
      world.covered(powerLost ? Case.TAIL_DROPPED : Case.TAIL_KEPT);
    }
    life.kill();
    log.afterCrash(powerLost, scheduler.now());
    world.network().coordinatorDied(this);
  }

  /** Starts again from its snapshot; the log is replayed from there. */
  @Override
  public void restart() {
    if (life.alive()) {
      return;
    }
    life = new Life(scheduler);
    applying = false;
    readyIndex = 0;
    applied = snapshot.index;
    state = ClusterState.restore(snapshot.image.stream());
    store = snapshot.store.copy();
    raft = new RaftPeer(world, this, log, disk, applied);
    node = make();
    ticks = ticking();
    replan();
    world.covered(Case.RESTARTED_FROM_SNAPSHOT, snapshot.index > 0);
    world.observer().adopted(this, true);
    world.operator().restarted(this);
  }

  /** The log port of one process. */
  private final class SimLog implements Log {
    private final Life mine = life;

    @Override
    public void propose(Round round) {
      world.observer().proposing(SimCoordinator.this, round, state);
      raft.propose(round);
    }

    @Override
    public LogStatus status() {
      return raft.status(applied);
    }

    @Override
    public void stepDown(String why) {
      world.covered(
          why.contains("disk") ? Case.STEPPED_DOWN_FOR_ITS_DISK : Case.STEPPED_DOWN_UNHEARD);
      scheduler.after(Scheduler.MILLI, () -> mine.run(raft::stepDown));
    }

    @Override
    public void transferLeadership(String why) {
      world.observer().suspectedItself(SimCoordinator.this);
      scheduler.after(Scheduler.MILLI, () -> mine.run(raft::transfer));
    }
  }
}
