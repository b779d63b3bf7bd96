package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong, when, and for how long: everything from the seed. */
final class Faults {
  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final long meanNanos;
  private boolean quiet;

  Faults(World world, long meanNanos) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.meanNanos = meanNanos;
  }

  void begin() {
    scheduler.after((long) (2 * meanNanos * random.nextDouble()), this::next);
  }

  /** No further fault; what was broken is mended. */
  void stop() {
    quiet = true;
    for (SimCoordinator each : world.coordinators()) {
      if (!each.life().alive()) {
        each.restart();
      }
    }
    for (SimAgent each : world.agents()) {
      if (each.ended()) {
        each.restart();
      }
    }
  }

  /** Mostly quick; sometimes slower than the lease is long. */
  long callbackNanos() {
    if (quiet || random.nextInt(12) != 0) {
      return (1 + random.nextInt(30)) * Scheduler.MILLI;
    }
    return (long) (random.nextDouble() * 3 * world.ttlMillis() * Scheduler.MILLI);
  }

  private void next() {
    if (quiet) {
      return;
    }
    int kinds = 1 + random.nextInt(10) / 8;
    for (int i = 0; i < kinds; i++) {
      strike();
    }
    begin();
  }

  private void strike() {
    switch (random.nextInt(18)) {
      case 0, 1 -> {
        world.covered("agent paused");
        pause(agent());
      }
      case 2 -> {
        world.covered("agent's machine suspended");
        agent().suspend(some(3));
      }
      case 3, 4 -> crash(agent());
      case 5 -> crash(holder());
      case 6 -> {
        world.covered("holder paused");
        pause(holder());
      }
      case 7, 8 -> crash(coordinator());
      case 9 -> {
        world.covered("coordinator paused");
        coordinator().pause(some(1.5));
      }
      case 10, 11 -> {
        world.covered("coordinator isolated");
        coordinator().isolate(some(2));
      }
      case 12 -> {
        world.covered("streams reset");
        world.agents().forEach(world.network()::reset);
      }
      case 13 -> {
        world.covered("link cut");
        world.network().cut(agent(), coordinator(), some(2));
      }
      case 14 -> {
        world.covered("agent cut off");
        SimAgent agent = random.nextBoolean() ? agent() : holder();
        long nanos = some(2);
        world.coordinators().forEach(c -> world.network().cut(agent, c, nanos));
      }
      case 15 -> {
        world.covered("slow network");
        world.network().slow(some(1));
      }
      case 16 -> {
        world.covered("slow disks");
        world.raft().stall(some(1));
      }
      default -> operate();
    }
  }

  private void operate() {
    switch (random.nextInt(7)) {
      case 0, 1 -> world.operator().switchover();
      case 2 -> world.operator().changeTtl();
      case 3 -> world.operator().recreateGroup();
      case 4 -> {
        world.covered("leadership transferred");
        SimCoordinator leader = world.raft().leader();
        if (leader != null) {
          world.raft().transfer(leader);
        }
      }
      case 5 -> {
        world.covered("agent resigned");
        holder().resign();
      }
      default -> {
        world.covered("agent closed");
        SimAgent agent = agent();
        agent.close();
        scheduler.after(some(3), () -> restart(agent));
      }
    }
  }

  private void pause(SimAgent agent) {
    long nanos = some(3);
    world.trace(agent.id(), "is paused for " + nanos / Scheduler.MILLI + " ms");
    agent.pause(nanos);
  }

  private void crash(SimAgent agent) {
    if (agent.life().alive()) {
      world.covered("agent crashed");
      agent.crash();
      scheduler.after(random.nextInt(3) == 0 ? some(0.3) : some(3), () -> restart(agent));
    }
  }

  private static void restart(SimAgent agent) {
    if (agent.ended()) {
      agent.restart();
    }
  }

  private void crash(SimCoordinator coordinator) {
    if (coordinator.life().alive()) {
      world.covered("coordinator crashed");
      coordinator.crash();
      scheduler.after(
          some(2),
          () -> {
            if (!coordinator.life().alive()) {
              coordinator.restart();
              installSnapshot(coordinator);
            }
          });
    }
  }

  private void installSnapshot(SimCoordinator behind) {
    SimCoordinator leader = world.raft().leader();
    if (leader != null && leader != behind && random.nextInt(3) == 0) {
      behind.install(leader);
    }
  }

  private SimAgent agent() {
    List<SimAgent> all = world.agents();
    return all.get(random.nextInt(all.size()));
  }

  private SimAgent holder() {
    for (SimAgent agent : world.agents()) {
      Tenure tenure = agent.believes();
      if (tenure != null && random.nextInt(2) == 0) {
        return agent;
      }
    }
    return agent();
  }

  /** The leader, more often than any other. */
  private SimCoordinator coordinator() {
    SimCoordinator leader = world.raft().leader();
    if (leader != null && random.nextBoolean()) {
      return leader;
    }
    List<SimCoordinator> all = world.coordinators();
    return all.get(random.nextInt(all.size()));
  }

  private long some(double ttls) {
    return (long) ((0.02 + random.nextDouble()) * ttls * world.ttlMillis() * Scheduler.MILLI);
  }
}
