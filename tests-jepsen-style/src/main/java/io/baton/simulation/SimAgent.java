package io.baton.simulation;

import io.baton.agent.protocol.ActiveMember;
import io.baton.agent.protocol.AgentCore;
import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.CoreConfig;
import io.baton.agent.protocol.Effects;
import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.LeaderHint;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.Readiness;
import io.baton.agent.protocol.Reading;
import io.baton.agent.protocol.StreamEnd;
import io.baton.agent.protocol.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a service: the real {@link AgentCore}, with simulated streams, clock, process and
 * callbacks.
 */
final class SimAgent {
  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final String id;
  private final String group;
  private final Clock clock;
  private final boolean keepsDirectory;
  private final List<String> dead = new ArrayList<>();
  private Life life;
  private AgentCore core;
  private String incarnation = "";
  private Network.@Nullable Stream stream;
  private long streamNumber;
  private int suspensions;
  private long plans;
  private boolean closing;
  private boolean closed;
  private @Nullable Running running;

  private record Running(Tenure tenure, Callback which, long call) {}

  private long calls;

  SimAgent(World world, String id, String group, Clock clock, boolean keepsDirectory) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.id = id;
    this.group = group;
    this.clock = clock;
    this.keepsDirectory = keepsDirectory;
    this.life = new Life(scheduler);
    this.core = make();
  }

  String id() {
    return id;
  }

  String group() {
    return group;
  }

  Life life() {
    return life;
  }

  boolean closed() {
    return closed;
  }

  private AgentCore make() {
    incarnation = new UUID(random.nextLong(), random.nextLong()).toString();
    String directory = keepsDirectory ? "dir-" + id : "";
    MemberConfig member =
        new MemberConfig(
            group,
            id,
            incarnation,
            directory,
            keepsDirectory ? List.copyOf(dead) : List.of(),
            id + ":80",
            Map.of(),
            Readiness.READY);
    List<String> endpoints = world.coordinators().stream().map(SimCoordinator::id).toList();
    return new AgentCore(
        new CoreConfig(incarnation, endpoints, List.of(member), 0, false, 30 * Scheduler.SECOND),
        random,
        new SimEffects(life));
  }

  void start() {
    act(life, () -> core.start(reading()));
  }

  private Reading reading() {
    return new Reading(clock.nanos(), suspensions);
  }

  /** Whether it would say that it is active, if asked now: by its clock, whether it runs or not. */
  @Nullable Tenure believes() {
    if (!life.alive()) {
      return null;
    }
    for (Tenure tenure : core.tenures()) {
      if (tenure.isValidAt(clock.nanos())) {
        return tenure;
      }
    }
    return null;
  }

  boolean joined() {
    return core.isJoined(group);
  }

  // ------------------------------------------------------------------ inputs

  private void act(Life mine, Runnable action) {
    mine.run(
        () -> {
          if (closed) {
            return;
          }
          action.run();
          world.check();
          plan(mine);
        });
  }

  private void plan(Life mine) {
    long plan = ++plans;
    long wake = core.nextWakeNanos();
    if (wake == Long.MAX_VALUE) {
      return;
    }
    scheduler.at(
        clock.trueTimeOf(wake),
        () -> {
          if (plan == plans) {
            act(mine, () -> core.tick(reading()));
          }
        });
  }

  void received(Life by, long number, Inbound message) {
    act(by, () -> core.received(reading(), number, message));
  }

  void streamClosed(Life by, long number, StreamEnd end) {
    act(by, () -> core.streamClosed(reading(), number, end));
  }

  void hinted(Life by, LeaderHint hint) {
    act(by, () -> core.leaderHint(reading(), hint));
  }

  void resign() {
    act(life, () -> core.resign(reading(), group, random.nextBoolean(), "simulated"));
  }

  void close() {
    closing = true;
    act(life, () -> core.close(reading()));
  }

  // ------------------------------------------------------------------ faults

  void pause(long nanos) {
    life.pause(nanos);
  }

  /** The machine sleeps: nothing runs, and the agent notices when it wakes. */
  void suspend(long nanos) {
    life.pause(nanos);
    scheduler.after(nanos, () -> suspensions++);
  }

  void crash() {
    life.kill();
    running = null;
    world.network().agentDied(this);
    dead.add(incarnation);
  }

  /** Starts a new process of the same member. */
  void restart() {
    life = new Life(scheduler);
    plans++;
    closing = false;
    closed = false;
    suspensions = 0;
    stream = null;
    core = make();
    start();
  }

  boolean ended() {
    return !life.alive() || closed;
  }

  boolean closing() {
    return closing;
  }

  // ------------------------------------------------------------------ effects

  private final class SimEffects implements Effects {
    private final Life mine;

    SimEffects(Life mine) {
      this.mine = mine;
    }

    @Override
    public void openStream(long number, String address, Outbound.Open open) {
      world.trace(id, "opens " + open + " to " + address);
      streamNumber = number;
      stream = world.network().open(SimAgent.this, world.coordinator(address), number, open);
    }

    @Override
    public void send(long number, Outbound message) {
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
    public void runOnActive(Tenure tenure) {
      world.started(SimAgent.this, tenure);
      call(tenure, Callback.ON_ACTIVE);
    }

    @Override
    public void runOnPassive(Tenure tenure, Cause cause) {
      world.ended(SimAgent.this, tenure, cause);
      call(tenure, Callback.ON_PASSIVE);
    }

    private void call(Tenure tenure, Callback which) {
      Running call = new Running(tenure, which, ++calls);
      running = call;
      boolean fails = which == Callback.ON_ACTIVE && random.nextInt(40) == 0;
      scheduler.after(
          world.faults().callbackNanos(), () -> returned(call, fails ? "simulated" : null));
    }

    private void returned(Running call, @Nullable String error) {
      act(
          mine,
          () -> {
            Running current = running;
            if (current != null && current.call == call.call) {
              running = null;
              world.returned(SimAgent.this, call.tenure, call.which);
              core.callbackReturned(
                  reading(), group, call.tenure.slot(), call.tenure.epoch(), call.which, error);
            }
          });
    }

    @Override
    public void interrupt(Tenure tenure) {
      Running call = running;
      if (call != null && call.tenure == tenure && random.nextInt(5) != 0) {
        scheduler.after(Scheduler.MILLI, () -> returned(call, "interrupted"));
      }
    }

    @Override
    public void emergency(Tenure tenure) {
      world.covered("emergency hook");
    }

    @Override
    public void halt(Tenure tenure) {
      crash();
    }

    @Override
    public void moved(Tenure tenure) {
      world.trace(id, tenure.toString());
    }

    @Override
    public void joined(String joinedGroup) {
      dead.clear();
    }

    @Override
    public void viewChanged(String viewedGroup, List<ActiveMember> active) {}

    @Override
    public void problem(@Nullable String inGroup, @Nullable String text) {
      world.trace(id, "problem: " + text);
    }

    @Override
    public void log(String line) {
      world.trace(id, line);
    }

    @Override
    public void closed() {
      closed = true;
    }
  }
}
