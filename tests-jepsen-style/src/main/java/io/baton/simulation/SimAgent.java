package io.baton.simulation;

import io.baton.agent.protocol.ActiveMember;
import io.baton.agent.protocol.AgentCore;
import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.CoreConfig;
import io.baton.agent.protocol.Effects;
import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.LeaderHint;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.Peer;
import io.baton.agent.protocol.Progress;
import io.baton.agent.protocol.Promise;
import io.baton.agent.protocol.Readiness;
import io.baton.agent.protocol.Reading;
import io.baton.agent.protocol.Site;
import io.baton.agent.protocol.StreamEnd;
import io.baton.agent.protocol.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a service: the real {@link AgentCore}, with simulated streams, clock, process and
 * callbacks.
 */
final class SimAgent implements Machine {
  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final String id;
  private final int index;
  private final Seating seating;
  private final Clock clock;
  private final List<String> dead = new ArrayList<>();
  private final SimService service;
  private Life life;
  private AgentCore core;
  private Alarm wake;
  private String incarnation = "";
  private Network.@Nullable Stream stream;
  private long streamNumber;
  private Slumber slumber;
  private boolean closed;

  /**
   * The member it runs.
   *
   * @param directory where it keeps the proof that its predecessors are dead; empty: nowhere
   * @param together one callback for several slots
   * @param resyncs it has to catch up when its membership has ended
   */
  record Seating(
      String group,
      String member,
      String directory,
      Site site,
      boolean together,
      boolean resyncs) {}

  SimAgent(World world, int index, String id, Seating seating, Clock clock) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.index = index;
    this.id = id;
    this.seating = seating;
    this.clock = clock;
    this.service = new SimService(world, this, clock);
    this.life = new Life(scheduler);
    this.slumber = new Slumber(world);
    this.core = make();
    this.wake = waking();
  }

  String id() {
    return id;
  }

  int index() {
    return index;
  }

  String group() {
    return seating.group;
  }

  String member() {
    return seating.member;
  }

  String host() {
    return seating.site.host();
  }

  @Override
  public Life life() {
    return life;
  }

  private AgentCore make() {
    incarnation = new UUID(random.nextLong(), random.nextLong()).toString();
    MemberConfig member =
        new MemberConfig(
            seating.group,
            seating.member,
            incarnation,
            seating.directory,
            seating.directory.isEmpty() ? List.of() : provenDead(),
            id + ":80",
            Map.of(),
            seating.site,
            Readiness.READY,
            seating.together,
            seating.resyncs);
    List<String> endpoints = world.coordinators().stream().map(SimCoordinator::id).toList();
    return new AgentCore(
        new CoreConfig(incarnation, endpoints, List.of(member), 0, false, 30 * Scheduler.SECOND),
        random,
        new SimEffects());
  }

  /** A twin's directory is sometimes a copy, which names the one that lives. */
  private List<String> provenDead() {
    List<String> proven = new ArrayList<>(dead);
    if (world.isTwin(this) && random.nextBoolean()) {
      proven.add(world.originalOf(this).incarnation);
    }
    return List.copyOf(proven);
  }

  void start() {
    act(life, () -> core.start(reading()));
  }

  private Reading reading() {
    return new Reading(clock.nanos(), slumber.count());
  }

  // ------------------------------------------------------------------ looks

  /** What it says it is active for, if asked now: by its clock, whether it runs or not. */
  List<Tenure> beliefs() {
    return life.alive() ? service.beliefs() : List.of();
  }

  /** When a belief ends, by its own clock. */
  long endOf(Tenure tenure) {
    long now = clock.nanos();
    return now + tenure.remainingAt(now);
  }

  /** The true time at which a belief ends. */
  long trueEndOf(Tenure tenure) {
    return clock.trueTimeOf(endOf(tenure));
  }

  /** How long it may believe before a suspension is confirmed, by its own clock. */
  long unconfirmedLimit() {
    return slumber.limit();
  }

  boolean isActiveUnder(long epoch) {
    return beliefs().stream().anyMatch(tenure -> tenure.epoch() == epoch);
  }

  /** Whether a callback of that epoch runs, or has still to. */
  boolean isBusyWith(long epoch) {
    return life.alive() && service.isBusyWith(epoch);
  }

  /** The session it goes by; 0: none. */
  long session() {
    return core.session();
  }

  /** Whether it runs, and orders flow from there. */
  boolean isConnectedTo(SimCoordinator coordinator) {
    return life.running()
        && !closed
        && core.isConnected()
        && core.streamAddress().equals(coordinator.id());
  }

  boolean joined() {
    return core.isJoined(seating.group);
  }

  // ------------------------------------------------------------------ inputs

  private void act(Life mine, Runnable action) {
    mine.run(
        () -> {
          if (!closed) {
            action.run();
            world.acted(this);
            plan();
          }
        });
  }

  private Alarm waking() {
    Life mine = life;
    return new Alarm(scheduler, () -> act(mine, () -> core.tick(reading())));
  }

  private void plan() {
    long next = core.nextWakeNanos();
    wake.set(next == Long.MAX_VALUE ? next : clock.trueTimeOf(next));
  }

  void received(Life by, long number, Inbound message) {
    act(
        by,
        () -> {
          world.covered(Case.OLD_STREAM_IGNORED, number < streamNumber);
          slumber.received(message);
          core.received(reading(), number, message);
        });
  }

  void streamClosed(Life by, long number, StreamEnd end) {
    act(by, () -> core.streamClosed(reading(), number, end));
  }

  void hinted(Life by, LeaderHint hint) {
    act(by, () -> core.leaderHint(reading(), hint));
  }

  /** Another member asks; nobody answers for a process that is gone. */
  void asked(Ask ask, Consumer<Promise> answer) {
    Life mine = life;
    act(
        mine,
        () -> {
          Promise promise = core.asked(reading(), ask);
          world.observer().answered(mine, ask, promise);
          answer.accept(promise);
        });
  }

  /** Whether that start of its process lives. */
  boolean isAlive(String someIncarnation) {
    return life.alive() && !closed && incarnation.equals(someIncarnation);
  }

  void resign() {
    act(life, () -> core.resign(reading(), seating.group, random.nextBoolean(), "simulated"));
  }

  /** The service says whether it can take a lease. */
  void say(Readiness readiness) {
    act(life, () -> core.setReadiness(reading(), seating.group, readiness, "simulated"));
  }

  /** The service says how far it is. */
  void say(Progress progress) {
    act(life, () -> core.setProgress(reading(), seating.group, progress));
  }

  void close() {
    act(life, () -> core.close(reading()));
  }

  // ------------------------------------------------------------------ faults

  @Override
  public void pause(long nanos) {
    long woken = scheduler.now() + nanos;
    for (Tenure tenure : beliefs()) {
      world.covered(Case.PAUSED_PAST_DEADLINE, trueEndOf(tenure) < woken);
    }
    life.pause(nanos);
  }

  /**
   * The machine sleeps, when a keepalive has just been sent, or the join of a new process: that
   * confirms nothing afterwards.
   */
  @Override
  public void suspend(long nanos) {
    boolean joining = life.alive() && random.nextInt(3) == 0;
    if (joining) {
      crash();
      restart();
    }
    slumber.order(nanos, joining);
  }

  /** Nothing runs, and the agent notices when it wakes. */
  private void sleep(long nanos) {
    world.covered(Case.SUSPENDED_HOLDER, !beliefs().isEmpty());
    life.pause(nanos);
    Life mine = life;
    scheduler.after(nanos, () -> woken(mine));
  }

  private void woken(Life mine) {
    if (mine == life && life.alive()) {
      slumber.woken();
      List<Tenure> believed = beliefs();
      if (!believed.isEmpty()) {
        slumber.believesUntil(believed.stream().mapToLong(this::endOf).max().getAsLong());
      } else if (!joined()) {
        slumber.believesUntil(clock.nanos());
      }
    }
  }

  @Override
  public void crash() {
    if (life.alive()) {
      life.kill();
      service.forget();
      world.network().agentDied(this);
      dead.add(incarnation);
    }
  }

  /** Starts a new process of the same member. */
  @Override
  public void restart() {
    if (life.alive() && !closed) {
      return;
    }
    life.kill();
    life = new Life(scheduler);
    closed = false;
    slumber = new Slumber(world);
    stream = null;
    service.forget();
    core = make();
    wake = waking();
    start();
  }

  // ------------------------------------------------------------------ effects

  private final class SimEffects implements Effects {
    private final Life mine = life;
    private final SimCallbacks callbacks =
        new SimCallbacks(world, action -> act(mine, action), this::returned);

    @Override
    public void openStream(long number, String address, Outbound.Open open) {
      world.trace(id, () -> "opens " + open + " to " + address);
      world.covered(Case.RESUMED, open.session() != 0 && !beliefs().isEmpty());
      streamNumber = number;
      stream = world.network().open(SimAgent.this, world.coordinator(address), number, open);
    }

    @Override
    public void send(long number, Outbound message) {
      long nanos = slumber.sent(message);
      if (nanos > 0) {
        scheduler.after(0, () -> sleep(nanos));
      }
      Network.Stream current = stream;
      if (current != null && number == streamNumber) {
        current.say(message);
      }
    }

    @Override
    public void closeStream(long number) {
      Network.Stream current = stream;
      if (current != null && number == streamNumber) {
        current.closedByAgent();
        stream = null;
      }
    }

    @Override
    public void runOnActive(List<Tenure> tenures) {
      tenures.forEach(service::begin);
      callbacks.begin(tenures, Callback.ON_ACTIVE);
      tenures.forEach(tenure -> service.keepWriting(mine, tenure));
    }

    @Override
    public void runOnPassive(List<Tenure> tenures, Cause cause) {
      tenures.forEach(tenure -> world.observer().ended(SimAgent.this, tenure, cause));
      callbacks.begin(tenures, Callback.ON_PASSIVE);
    }

    @Override
    public void ask(long number, Peer peer, Ask ask) {
      int asleep = slumber.count();
      world
          .network()
          .ask(
              SimAgent.this,
              world.peer(peer.address()),
              ask,
              millis ->
                  act(
                      mine,
                      () -> {
                        slumber.promised(asleep);
                        core.answered(reading(), ask.group(), number, millis);
                      }));
    }

    private void returned(Tenure tenure, Callback which, @Nullable String error) {
      core.callbackReturned(reading(), seating.group, tenure.slot(), tenure.epoch(), which, error);
    }

    @Override
    public void interrupt(Tenure tenure) {
      callbacks.interrupt(tenure);
    }

    @Override
    public void emergency(Tenure tenure) {
      world.covered(Case.EMERGENCY);
    }

    @Override
    public void halt(Tenure tenure) {
      crash();
    }

    @Override
    public void moved(Tenure tenure) {
      boolean ending = tenure.phase() == Tenure.Phase.STOPPING;
      world.covered(Case.ENDED_WHILE_STARTING, ending && callbacks.isStarting(tenure));
      boolean neverStarted = tenure.phase() == Tenure.Phase.STOPPED && !service.started(tenure);
      world.covered(Case.REPEATED_GRANT, neverStarted && tenure.cause() == Cause.LOST);
      world.trace(id, tenure::toString);
    }

    @Override
    public void joined(String joinedGroup) {
      dead.clear();
    }

    @Override
    public void left(String group) {
      if (seating.resyncs) {
        long takes = random.nextInt(2_000) * Scheduler.MILLI;
        Runnable done = () -> core.setReadiness(reading(), group, Readiness.READY, "");
        scheduler.after(takes, () -> act(mine, done));
      }
    }

    @Override
    public void viewChanged(String viewedGroup, int slots, List<ActiveMember> active) {}

    @Override
    public void problem(@Nullable String inGroup, @Nullable String text) {
      world.trace(id, () -> "problem: " + text);
    }

    @Override
    public void log(String line) {
      world.trace(id, () -> line);
    }

    @Override
    public void closed() {
      closed = true;
    }
  }
}
