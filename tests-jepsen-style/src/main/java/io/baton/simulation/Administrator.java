package io.baton.simulation;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HostDrains;
import io.baton.coordinator.state.Peer;
import io.baton.coordinator.state.Rule;
import io.baton.coordinator.state.Slot;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the groups: drains and pauses, takes leases away, and looks now and then whether a group
 * waits for a decision.
 */
final class Administrator {
  private static final long LOOKS_EVERY = 7 * Scheduler.SECOND;

  private final World world;
  private final RandomGenerator random;

  Administrator(World world) {
    this.world = world;
    this.random = world.random();
  }

  /** Begins to look after the groups. */
  void begin() {
    world
        .scheduler()
        .after(
            LOOKS_EVERY,
            () -> {
              ClusterState state = someState();
              if (state != null) {
                state.groups().values().forEach(group -> decide(state, group));
              }
              begin();
            });
  }

  private void decide(ClusterState state, Group group) {
    String name = group.info().name();
    Agreement agreement = state.agreement(name);
    if (agreement != null && agreement.isOpen(group) && isDead(agreement.holder())) {
      world.covered(Case.HOLDER_VOUCHED_DEAD);
      world.operator().insist(new Command.Failover(name, 0, "", true));
    }
    if (group.info().standing().flapping()) {
      world.operator().insist(new Command.Acknowledge(name));
    }
    HostDrains drains = new HostDrains(state);
    if (group.slots().values().stream().anyMatch(s -> drains.waitsFor(group, s.lease()) != null)) {
      world.coverage().met(Rule.NOT_ITS_TURN);
    }
    for (Map.Entry<Slot, Rule> each : Explanation.heldBack(state, group).entrySet()) {
      world.coverage().met(each.getValue());
      if (each.getValue() == Rule.MANUAL || each.getValue() == Rule.OBSERVE) {
        world.operator().insist(new Command.Failover(name, each.getKey().index(), "", false));
      }
    }
  }

  /** Somebody went to the machine, and looked. */
  private boolean isDead(Peer holder) {
    return world.agents().stream().noneMatch(agent -> agent.isAlive(holder.incarnation()));
  }

  /** What one of the coordinators knows, the newest or not. */
  private @Nullable ClusterState someState() {
    List<SimCoordinator> all = world.coordinators();
    SimCoordinator one = all.get(random.nextInt(all.size()));
    return one.life().running() ? one.state() : null;
  }

  // ------------------------------------------------------------------ what it does when told

  void drain(SimAgent agent, long nanos) {
    drain(agent, true);
    world.scheduler().after(nanos, () -> drain(agent, false));
  }

  private void drain(SimAgent agent, boolean drained) {
    world.operator().insist(new Command.DrainMember(agent.group(), agent.member(), drained));
  }

  void drainHost(SimAgent agent, long nanos) {
    drainHost(agent.host(), true);
    world.scheduler().after(nanos, () -> drainHost(agent.host(), false));
  }

  private void drainHost(String host, boolean drained) {
    world.operator().insist(new Command.DrainHost(host, drained));
  }

  /** Sometimes it ends by itself. */
  void pause(long nanos) {
    String group = random.nextInt(3) == 0 ? "" : anyGroup();
    boolean byItself = random.nextBoolean();
    long millis = byItself ? nanos / Scheduler.MILLI : 0;
    world.operator().insist(new Command.Pause(group, millis));
    if (!byItself) {
      world.scheduler().after(nanos, () -> resume(group));
    }
  }

  private void resume(String group) {
    world.operator().insist(new Command.Resume(group));
  }

  /** Whatever the slot's state is; mostly there is nothing to fail over from. */
  void failover() {
    String group = anyGroup();
    String to = random.nextBoolean() ? "" : anyMember();
    world.operator().insist(new Command.Failover(group, anySlot(group), to, false));
  }

  void revoke() {
    String group = anyGroup();
    world.operator().insist(new Command.Revoke(group, anySlot(group), ""));
  }

  /** Sometimes to one who can't take it yet, and for as long as somebody has patience. */
  void switchover() {
    String group = anyGroup();
    boolean named = random.nextBoolean();
    long patience = named ? random.nextInt(5_000) : 0;
    String to = named ? anyMember() : "";
    world.operator().insist(new Command.Switchover(group, anySlot(group), "", to, patience));
  }

  /** Nothing is drained or paused any more. */
  void tidyUp() {
    for (SimAgent each : world.agents()) {
      if (!each.host().isEmpty()) {
        drain(each, false);
        drainHost(each.host(), false);
      }
    }
    world.groups().forEach(this::resume);
    resume("");
  }

  private String anyGroup() {
    return world.groups().get(random.nextInt(world.groups().size()));
  }

  private String anyMember() {
    return world.agents().get(random.nextInt(world.agents().size())).member();
  }

  private int anySlot(String name) {
    ClusterState state = someState();
    Group group = state == null ? null : state.group(name);
    List<Integer> slots = group == null ? List.of() : List.copyOf(group.slots().keySet());
    return slots.isEmpty() ? 0 : slots.get(random.nextInt(slots.size()));
  }
}
