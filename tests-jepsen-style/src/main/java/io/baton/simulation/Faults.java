package io.baton.simulation;

import io.baton.agent.protocol.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Lets the faults of a schedule happen, and mends everything at its end. */
final class Faults {
  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final boolean slowCallbacks;
  private boolean quiet;
  private long depositions;

  Faults(World world, boolean slowCallbacks) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.slowCallbacks = slowCallbacks;
  }

  void plan(Schedule schedule) {
    for (Schedule.Timed each : schedule.faults()) {
      scheduler.at(each.atMillis() * Scheduler.MILLI, () -> strike(each.fault()));
    }
  }

  /** No further fault; what was broken is mended. */
  void stop() {
    quiet = true;
    depositions = 0;
    world.links().mend();
    for (SimCoordinator each : world.coordinators()) {
      each.disk().mend();
      each.restart();
    }
    for (SimAgent each : world.agents()) {
      if (world.isTwin(each)) {
        each.crash();
      } else {
        each.restart();
        each.say(Readiness.READY);
      }
    }
    world.administrator().tidyUp();
  }

  /** Mostly quick; sometimes slower than the lease is long. */
  long callbackNanos() {
    if (quiet || !slowCallbacks || random.nextInt(12) != 0) {
      return (1 + random.nextInt(30)) * Scheduler.MILLI;
    }
    return random.nextInt(9_000) * Scheduler.MILLI;
  }

  boolean callbackFails() {
    return slowCallbacks && random.nextInt(40) == 0;
  }

  // ------------------------------------------------------------------ the kinds

  private void strike(Fault fault) {
    world.trace("fault", fault::toString);
    world.coverage().struck(fault.kind());
    long nanos = fault.lasts() * Scheduler.MILLI;
    switch (fault.kind()) {
      case PAUSE -> machine(fault).pause(nanos);
      case SUSPEND -> machine(fault).suspend(nanos);
      case CRASH -> crash(machine(fault), nanos);
      case POWER_OFF -> powerOff(coordinator(fault.target()), nanos);
      case CUT -> cut(fault.target(), nanos);
      case UNPLUG -> unplug(fault.target(), nanos);
      case RESET -> world.network().reset(agent(fault.target()));
      case LAG -> world.links().lag(nanos);
      case STALL -> coordinator(fault.target()).disk().stall(nanos);
      case TWIN -> twin(world.twinOf(agent(fault.target())), nanos);
      case SWITCHOVER -> world.operator().switchover();
      case TTL -> changeTtl(fault.amount());
      case RECREATE -> world.operator().recreateGroup(fault.amount());
      case RESIGN -> agent(fault.target()).resign();
      case CLOSE -> close(agent(fault.target()), nanos);
      case TRANSFER -> changeLeader(true);
      case DEPOSE -> depose(fault.amount());
      case BLACKOUT -> blackout(nanos);
      case UNFIT -> unfit(agent(fault.target()), Readiness.UNHEALTHY, nanos);
      case UNFIT_ALL -> unfitAll(nanos);
      case CATCH_UP -> unfit(agent(fault.target()), Readiness.SYNCING, nanos);
      case DRAIN -> world.administrator().drain(agent(fault.target()), nanos);
      case DRAIN_HOST -> world.administrator().drainHost(agent(fault.target()), nanos);
      case HOLD_STILL -> world.administrator().pause(nanos);
      case FAILOVER -> world.administrator().failover();
      case REVOKE -> world.administrator().revoke();
      case POLICY -> world.operator().changePolicy();
    }
  }

  /** Sometimes somebody lowers it again at once: the first lowering holds still. */
  private void changeTtl(long millis) {
    world.operator().changeTtl(millis);
    if (millis > 1_000 && random.nextInt(3) == 0) {
      long soon = random.nextInt(1_500) * Scheduler.MILLI;
      scheduler.after(soon, () -> world.operator().changeTtl(millis - 1_000));
    }
  }

  /** Somebody asks for something meanwhile, and again. */
  private void depose(long times) {
    depositions += times;
    for (int i = 0; i < 3; i++) {
      scheduler.after(random.nextInt(200) * Scheduler.MILLI, () -> world.operator().switchover());
    }
  }

  private void crash(Machine machine, long nanos) {
    if (machine.life().alive()) {
      machine.crash();
      scheduler.after(nanos, machine::restart);
      if (slowCallbacks && machine instanceof SimAgent agent && random.nextInt(3) == 0) {
        crashAgain(agent, nanos);
      }
    }
  }

  /** A process that dies again as soon as it has started, and some of its words arrive later. */
  private void crashAgain(SimAgent agent, long nanos) {
    long late = random.nextInt(4_000) * Scheduler.MILLI;
    scheduler.after(
        nanos + random.nextInt(10) * Scheduler.MILLI, () -> world.network().holdUp(agent, late));
    long dies = nanos + (10 + random.nextInt(100)) * Scheduler.MILLI;
    scheduler.after(dies, agent::crash);
    scheduler.after(dies + random.nextInt(1_000) * Scheduler.MILLI, agent::restart);
  }

  private void powerOff(SimCoordinator coordinator, long nanos) {
    if (coordinator.life().alive()) {
      coordinator.crash(true);
      scheduler.after(nanos, coordinator::restart);
    }
  }

  private void unfit(SimAgent agent, Readiness why, long nanos) {
    agent.say(why);
    scheduler.after(nanos, () -> agent.say(Readiness.READY));
  }

  /** Somebody takes a lease away meanwhile. */
  private void unfitAll(long nanos) {
    List<String> groups = world.groups();
    String group = groups.get(random.nextInt(groups.size()));
    for (SimAgent each : world.agents()) {
      if (each.group().equals(group)) {
        unfit(each, Readiness.UNHEALTHY, nanos);
      }
    }
    scheduler.after(nanos / 2, world.administrator()::revoke);
  }

  private void close(SimAgent agent, long nanos) {
    agent.close();
    scheduler.after(nanos, agent::restart);
  }

  private void twin(SimAgent twin, long nanos) {
    twin.restart();
    scheduler.after(nanos, twin::crash);
  }

  /** All processes stand still, all disks stall, or the power is lost; or one is left alone. */
  private void blackout(long nanos) {
    world.observer().allStruck(scheduler.now() + nanos);
    int how = random.nextInt(4);
    int left = how < 3 ? -1 : random.nextInt(world.coordinatorCount());
    for (SimCoordinator each : world.coordinators()) {
      if (each.index() != left) {
        switch (how) {
          case 0 -> each.pause(nanos);
          case 1 -> each.disk().stall(nanos);
          default -> powerOff(each, nanos);
        }
      }
    }
  }

  /** An entry was applied for the first time: that may be the leader's last. */
  void applied() {
    if (depositions > 0) {
      depositions--;
      boolean orderly = random.nextBoolean();
      scheduler.after(0, () -> changeLeader(orderly));
    }
  }

  private void changeLeader(boolean orderly) {
    SimCoordinator leader = world.raft().leader();
    if (leader != null && orderly) {
      leader.life().run(leader.raft()::transfer);
    } else if (leader != null) {
      leader.life().run(leader.raft()::stepDown);
    }
  }

  // ------------------------------------------------------------------ links

  private void unplug(String link, long nanos) {
    if (link.startsWith("agents") && link.endsWith("leader")) {
      world.observer().leaderUnheard(scheduler.now() + nanos);
    }
    cut(link, nanos);
  }

  private void cut(String link, long nanos) {
    boolean both = link.indexOf('-') > 0;
    String[] ends = link.split("[->]", -1);
    boolean hold = random.nextBoolean();
    for (int from : nodes(ends[0])) {
      for (int to : nodes(ends[1])) {
        if (from != to) {
          world.links().cut(from, to, nanos, hold);
          if (both) {
            world.links().cut(to, from, nanos, hold);
          }
        }
      }
    }
  }

  private List<Integer> nodes(String name) {
    List<Integer> found = new ArrayList<>();
    if (name.equals("*")) {
      world.coordinators().forEach(c -> found.add(c.index()));
    } else if (name.equals("agents")) {
      world.agents().forEach(a -> found.add(a.index()));
    } else if (isAgent(name)) {
      found.add(agent(name).index());
    } else {
      found.add(coordinator(name).index());
    }
    return found;
  }

  // ------------------------------------------------------------------ who

  private Machine machine(Fault fault) {
    String name = fault.target();
    if (isAgent(name)) {
      return agent(name);
    }
    return coordinator(name);
  }

  private static boolean isAgent(String name) {
    return name.equals("holder") || name.startsWith("m");
  }

  private SimCoordinator coordinator(String name) {
    if (!name.equals("leader")) {
      return world.coordinator(name);
    }
    SimCoordinator leader = world.raft().leader();
    world.covered(Case.LEADER_LOST, leader != null && !slowCallbacks);
    return leader != null ? leader : world.coordinators().get(0);
  }

  private SimAgent agent(String name) {
    if (!name.equals("holder")) {
      return world.agent(name);
    }
    SimAgent found = null;
    for (SimAgent each : world.agents()) {
      boolean holds = !each.beliefs().isEmpty() && !world.isTwin(each);
      found = found == null && holds ? each : found;
    }
    return found != null ? found : world.agents().get(0);
  }
}
