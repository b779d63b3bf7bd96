package io.baton.agent.runtime;

import io.baton.agent.ActiveMember;
import io.baton.agent.ActiveObserver;
import io.baton.agent.ActiveTask;
import io.baton.agent.Agent;
import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import io.baton.agent.Readiness;
import io.baton.agent.Role;
import io.baton.agent.protocol.AgentCore;
import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.CoreConfig;
import io.baton.agent.protocol.GroupCheck;
import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.LeaderHint;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Promise;
import io.baton.agent.protocol.Reading;
import io.baton.agent.protocol.StreamEnd;
import io.baton.agent.protocol.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent at work: one core behind one lock, which is held for microseconds, since everything the
 * core wants done is handed to other threads. Every input sets the watchdog's alarm to the core's
 * next wake-up.
 */
public final class RunningAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(RunningAgent.class);

  /** After a failure of this process, such as too few threads. */
  private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int WHOLE_PERMILLE = 1_000;

  private final Object lock = new Object();
  private final AgentRuntime runtime;
  private final boolean ownsRuntime;
  private final Duration closeTimeout;
  private final @Nullable StateDirectory directory;
  private final GroupSeats seats = new GroupSeats();
  private final Map<String, MemberCare> care = new LinkedHashMap<>();
  private final Set<String> unjoined = new LinkedHashSet<>();
  private final Outputs outputs;
  private final AgentCore core;
  private final Watchdog.Alarm alarm;
  private final SerialLane housekeeping;
  private final @Nullable PeerServer peers;
  private final Consumer<LeaderHint> hints = this::hint;
  private Set<String> coordinators = Set.of();
  private @Nullable Thread shutdownHook;
  private int closers;
  private boolean released;

  private RunningAgent(
      AgentSettings settings, AgentRuntime runtime, @Nullable StateDirectory directory) {
    this.ownsRuntime = settings.runtime() == null;
    this.runtime = runtime;
    this.closeTimeout = settings.closeTimeout();
    this.directory = directory;
    this.housekeeping = new SerialLane(runtime.blocking());
    String incarnation = directory == null ? UUID.randomUUID().toString() : directory.incarnation();
    List<MemberConfig> members = new ArrayList<>();
    for (GroupSettings group : settings.groups()) {
      GroupSeat seat = new GroupSeat(group, runtime.clock(), runtime.callbacks());
      seats.add(group.group(), seat);
      care.put(group.group(), new MemberCare(group, runtime, new Patient(group.group())));
      members.add(
          seat.config(
              incarnation,
              directory == null ? "" : directory.identity(),
              directory == null ? List.of() : directory.predecessors()));
    }
    unjoined.addAll(seats.names());
    this.outputs = new Outputs(new FromThreads(), seats, runtime, settings.emergencyHook());
    this.core =
        new AgentCore(
            new CoreConfig(
                UUID.randomUUID().toString(),
                settings.endpoints(),
                members,
                settings.margin().toNanos(),
                settings.haltWhenStuck(),
                settings.closeTimeout().toNanos()),
            new SplittableRandom(),
            outputs);
    this.alarm = runtime.watchdog().alarm(() -> drive(AgentCore::tick));
    this.peers =
        settings.peers() == null
            ? null
            : PeerServer.start(settings.peers(), runtime.io(), this::asked);
  }

  /** Starts an agent; see {@link io.baton.agent.AgentBuilder#start}. */
  public static Agent start(AgentSettings settings) {
    StateDirectory directory =
        settings.stateDirectory() == null ? null : StateDirectory.open(settings.stateDirectory());
    AgentRuntime own = null;
    RunningAgent agent;
    try {
      AgentRuntime runtime = settings.runtime();
      if (runtime == null) {
        runtime = own = new AgentRuntime(Math.max(4, settings.groups().size() + 1));
      }
      agent = new RunningAgent(settings, runtime, directory);
      if (settings.shutdownHook()) {
        agent.shutdownHook = new Thread(agent::close, "baton-shutdown");
        Runtime.getRuntime().addShutdownHook(agent.shutdownHook);
      }
    } catch (RuntimeException | Error e) {
      if (own != null) {
        own.close();
      }
      if (directory != null) {
        directory.close();
      }
      throw e;
    }
    agent.drive(AgentCore::start);
    agent.care.values().forEach(MemberCare::start);
    return agent;
  }

  // ------------------------------------------------------------------ the core

  /**
   * The only way to the core. Whatever fails on it, as a thread that can't be started, the alarm is
   * set: the next tick does what is left.
   */
  private void drive(BiConsumer<AgentCore, Reading> input) {
    synchronized (lock) {
      Reading now = runtime.clock().reading();
      long soonest = now.nanos() + SHORTEST_RETRY_NANOS;
      try {
        input.accept(core, now);
        soonest = now.nanos();
      } finally {
        boolean allStarted = seats.all().stream().allMatch(GroupSeat::startWaiting);
        long wake = Math.max(soonest, core.nextWakeNanos());
        alarm.setTo(allStarted ? wake : Math.min(wake, now.nanos() + SHORTEST_RETRY_NANOS));
      }
      listenToCoordinators();
      releaseUnattended();
    }
  }

  /** To the one the stream goes to as well, listed or not, for as long as it does. */
  private void listenToCoordinators() {
    Collection<String> known = core.coordinators();
    String address = core.streamAddress();
    boolean listed = address.isEmpty() || known.contains(address);
    if (coordinators.size() != known.size() + (listed ? 0 : 1)
        || !coordinators.containsAll(known)
        || !(listed || coordinators.contains(address))) {
      Set<String> present = new HashSet<>(known);
      if (!listed) {
        present.add(address);
      }
      coordinators = present;
      housekeeping.execute(() -> runtime.leaderWatches().listen(hints, present));
    }
  }

  private Promise asked(Ask ask) {
    AtomicReference<Promise> answer = new AtomicReference<>();
    drive((c, now) -> answer.set(c.asked(now, ask)));
    return Objects.requireNonNull(answer.get());
  }

  private void hint(LeaderHint hint) {
    drive((c, now) -> c.leaderHint(now, hint));
  }

  /** What other threads bring. */
  private final class FromThreads implements Outputs.Inputs {
    @Override
    public void received(long streamNumber, Inbound message) {
      drive((c, now) -> c.received(now, streamNumber, message));
    }

    @Override
    public void ended(long streamNumber, StreamEnd end) {
      drive((c, now) -> c.streamClosed(now, streamNumber, end));
    }

    @Override
    public void returned(Tenure tenure, Callback which, @Nullable String error) {
      drive(
          (c, now) ->
              c.callbackReturned(now, tenure.group(), tenure.slot(), tenure.epoch(), which, error));
    }

    @Override
    public void answered(String group, long number, long promisedMillis) {
      drive((c, now) -> c.answered(now, group, number, promisedMillis));
    }

    /** Under the lock, and the core knows already. */
    @Override
    public void left(String group) {
      GroupSeat seat = seats.get(group);
      if (caring(group).resyncs()) {
        caring(group).left();
        seat.fitness(seat.fitness().resyncing(true));
      }
    }

    /** Under the lock: until the new checks have passed, no word of the old ones makes it READY. */
    @Override
    public void checksChanged(String group, List<GroupCheck> checks) {
      GroupSeat seat = seats.get(group);
      caring(group).ofSpec(checks);
      seat.fitness(caring(group).checked(seat.fitness()));
    }

    /** Under the lock. The predecessors stay listed until the last group is joined. */
    @Override
    public void joined(String group) {
      if (seats.get(group).fitness().resyncing()) {
        caring(group).resync();
      }
      if (unjoined.remove(group) && unjoined.isEmpty() && directory != null) {
        housekeeping.execute(directory::forgetPredecessors);
      }
    }
  }

  /** What watches over a member changes its fitness. */
  private final class Patient implements MemberCare.Patient {
    private final String group;

    Patient(String group) {
      this.group = group;
    }

    @Override
    public void changed(UnaryOperator<Fitness> change) {
      fitness(group, change);
    }

    /** Judged under the lock, under which memberships end: until then it can become outdated. */
    @Override
    public void resynced(long generation) {
      fitness(
          group,
          fitness ->
              generation == caring(group).resyncGeneration() ? fitness.resyncing(false) : fitness);
    }

    @Override
    public void done(double fraction) {
      resyncing(group, fraction);
    }

    @Override
    public void position(long position) {
      RunningAgent.this.position(group, position);
    }
  }

  private void fitness(String group, UnaryOperator<Fitness> change) {
    GroupSeat seat = seats.get(group);
    drive(
        (c, now) -> {
          seat.fitness(change.apply(seat.fitness()));
          Fitness.Told told = seat.fitness().told();
          c.setReadiness(
              now,
              group,
              io.baton.agent.protocol.Readiness.valueOf(told.readiness().name()),
              told.why());
        });
  }

  private MemberCare caring(String group) {
    MemberCare of = care.get(group);
    if (of == null) {
      throw new IllegalArgumentException("group " + group + ": the agent does not belong to it");
    }
    return of;
  }

  // ------------------------------------------------------------------ the API

  @Override
  public Set<String> groups() {
    return seats.names();
  }

  @Override
  public Role role(String group) {
    return lease(group).isPresent() ? Role.ACTIVE : Role.PASSIVE;
  }

  @Override
  public Optional<Lease> lease(String group) {
    return seats.get(group).active().held().map(lease -> lease);
  }

  @Override
  public List<Lease> leases(String group) {
    return List.copyOf(seats.get(group).holding());
  }

  @Override
  public Optional<Lease> lease(String group, int slot) {
    return seats.get(group).holding(slot).map(lease -> lease);
  }

  @Override
  public Lease assertOwns(String group, int slot) {
    HeldLease lease = seats.get(group).present(slot);
    if (lease == null) {
      throw new NotActiveException(group, slot, 0);
    }
    lease.assertActive();
    return lease;
  }

  @Override
  public Optional<ActiveMember> ownerOf(String group, String key) {
    return seats.get(group).picture().ownerOf(key);
  }

  @Override
  public Optional<Lease> awaitActive(String group, Duration timeout) throws InterruptedException {
    return seats.get(group).active().await(timeout.toNanos()).map(lease -> lease);
  }

  @Override
  public void runWhileActive(String group, ActiveTask task) throws InterruptedException {
    new TaskLoop(
            seats.get(group),
            runtime.log(),
            (lease, failed, detail) ->
                drive((c, now) -> c.resign(now, group, lease.epoch(), failed, detail)))
        .run(group, task);
  }

  @Override
  public void resign(String group, String why) {
    drive((c, now) -> c.resign(now, group, false, why));
  }

  @Override
  public void setReadiness(String group, Readiness readiness, String why) {
    fitness(group, fitness -> fitness.said(readiness, why));
  }

  @Override
  public void progress(String group, String loop) {
    caring(group).moved(loop);
  }

  @Override
  public void position(String group, long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position: " + position + " is below 0");
    }
    drive((c, now) -> c.setProgress(now, group, seats.get(group).position(position)));
  }

  @Override
  public void resyncing(String group, double done) {
    if (!(done >= 0 && done <= 1)) {
      throw new IllegalArgumentException("done: " + done + " is not between 0 and 1");
    }
    int permille = (int) Math.round(done * WHOLE_PERMILLE);
    drive((c, now) -> c.setProgress(now, group, seats.get(group).resync(permille)));
  }

  @Override
  public List<ActiveMember> activeMembers(String group) {
    return seats.get(group).picture().active();
  }

  @Override
  public void observe(ActiveObserver observer) {
    synchronized (lock) {
      outputs.observe(observer);
    }
  }

  @Override
  public boolean isConnected() {
    synchronized (lock) {
      return core.isConnected();
    }
  }

  @Override
  public Optional<String> problem() {
    synchronized (lock) {
      return outputs.firstProblem();
    }
  }

  // ------------------------------------------------------------------ the end

  /** From one of its own callbacks or tasks it doesn't wait: the end waits for that to return. */
  @Override
  public void close() {
    boolean wait = seats.all().stream().noneMatch(GroupSeat::runsOnThisThread);
    synchronized (lock) {
      closers += wait ? 1 : 0;
    }
    care.values().forEach(MemberCare::close);
    drive(AgentCore::close);
    seats.all().forEach(seat -> seat.active().close());
    if (wait) {
      awaitClosed();
      release(1);
    }
  }

  /** An interrupt is kept for later: what is in use has to be given back first. */
  private void awaitClosed() {
    long end = System.nanoTime() + closeTimeout.toNanos() + TimeUnit.SECONDS.toNanos(1);
    boolean interrupted = false;
    boolean waiting = true;
    while (waiting) {
      try {
        if (!outputs.whenClosed().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          LOG.warn("the agent did not close in time");
        }
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Under the lock: nobody waits for the end any more, and here it is. */
  private void releaseUnattended() {
    if (!released && closers == 0 && outputs.isClosed() && core.isQuiet()) {
      Thread thread = new Thread(() -> release(0), "baton-release");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Frees what the agent used, unless a callback is still running: then the watchdog has work left,
   * and the lock of the state directory must outlive the activity. It is freed when that returns.
   *
   * @param leaving how many closers wait no longer
   */
  private void release(int leaving) {
    boolean quiet;
    synchronized (lock) {
      closers -= leaving;
      quiet = core.isQuiet();
      if (released) {
        return;
      }
      released = quiet;
    }
    if (!quiet) {
      LOG.error("closed while a callback is running; its lease runs out by itself");
      return;
    }
    alarm.setTo(Long.MAX_VALUE);
    runtime.leaderWatches().forget(hints);
    if (peers != null) {
      peers.close();
    }
    if (directory != null) {
      directory.close();
    }
    if (ownsRuntime) {
      runtime.close();
    }
    removeShutdownHook();
  }

  private void removeShutdownHook() {
    Thread hook = shutdownHook;
    if (hook != null && hook != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        LOG.debug("the process is ending; the hook stays");
      }
    }
  }
}
