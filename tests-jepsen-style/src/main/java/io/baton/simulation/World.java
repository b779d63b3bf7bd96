package io.baton.simulation;

import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Everything that is simulated, and what must be true of it. */
final class World {
  private final long seed;
  private final Trace trace;
  private final RandomGenerator random;
  private final Scheduler scheduler = new Scheduler();
  private final Network network;
  private final SimRaft raft;
  private final Faults faults;
  private final Operator operator;
  private final List<SimCoordinator> coordinators = new ArrayList<>();
  private final List<SimAgent> agents = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final OneHolderPerSlot oneHolder = new OneHolderPerSlot();
  private final EpochNeverDecreases epochs = new EpochNeverDecreases();
  private final NeverActiveTwiceUnderOneEpoch starts = new NeverActiveTwiceUnderOneEpoch();
  private final CallbacksArePaired callbacks = new CallbacksArePaired();
  private final RevisionHasNoGaps revisions = new RevisionHasNoGaps();
  private final ReplicasAgree replicas = new ReplicasAgree();
  private final NothingAcknowledgedIsLost acknowledged = new NothingAcknowledgedIsLost();
  private final List<Invariant> invariants =
      List.of(oneHolder, epochs, starts, callbacks, revisions, replicas, acknowledged);
  private final TreeMap<String, Long> coverage = new TreeMap<>();
  private long ttlMillis;
  private long historySeen;

  World(Scenario scenario, long seed, Trace trace) {
    this.trace = trace;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.ttlMillis = scenario.ttlMillis();
    this.network = new Network(this);
    this.raft = new SimRaft(this);
    this.faults = new Faults(this, scenario.meanFaultNanos());
    this.operator = new Operator(this, ttlMillis);
    for (int i = 1; i <= scenario.coordinators(); i++) {
      coordinators.add(new SimCoordinator(this, "n" + i, clock(scenario.driftPermille())));
    }
    for (int g = 1; g <= scenario.groups(); g++) {
      groups.add("group-" + g);
    }
    for (int i = 0; i < scenario.agents(); i++) {
      String group = groups.get(i % groups.size());
      Clock clock = clock(scenario.driftPermille());
      agents.add(new SimAgent(this, "m" + (i + 1), group, clock, random.nextBoolean()));
    }
  }

  private Clock clock(int driftPermille) {
    double rate = 1 + (random.nextDouble() - 0.5) * driftPermille / 1000.0;
    return new Clock(scheduler, 1 + random.nextLong(1L << 40), rate);
  }

  /** Plays the given true time with faults, then lets it settle and checks that it has. */
  void play(long nanos) {
    raft.look();
    operator.begin();
    agents.forEach(SimAgent::start);
    faults.begin();
    scheduler.runUntil(nanos);
    faults.stop();
    scheduler.runUntil(nanos + 90 * Scheduler.SECOND);
    checkSettled();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  RandomGenerator random() {
    return random;
  }

  Network network() {
    return network;
  }

  SimRaft raft() {
    return raft;
  }

  Faults faults() {
    return faults;
  }

  Operator operator() {
    return operator;
  }

  List<SimCoordinator> coordinators() {
    return coordinators;
  }

  SimCoordinator coordinator(String address) {
    for (SimCoordinator each : coordinators) {
      if (each.id().equals(address)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no coordinator at " + address);
  }

  List<SimAgent> agents() {
    return agents;
  }

  List<String> groups() {
    return groups;
  }

  long ttlMillis() {
    return ttlMillis;
  }

  void ttlMillis(long millis) {
    ttlMillis = millis;
  }

  RevisionHasNoGaps revisions() {
    return revisions;
  }

  NothingAcknowledgedIsLost acknowledged() {
    return acknowledged;
  }

  /** How often each interesting case occurred. */
  Map<String, Long> coverage() {
    return coverage;
  }

  /** Says what happens, for who plays one seed again. */
  void trace(String who, String what) {
    trace.line(scheduler.now(), who, what);
  }

  void covered(String what) {
    trace("case", what);
    coverage.merge(what, 1L, Long::sum);
  }

  // ------------------------------------------------------------------ what happened

  void leaderChanged() {
    SimCoordinator leader = raft.leader();
    trace("raft", "leader " + (leader == null ? "none" : leader.id()));
    covered("leader changed");
  }

  /** A coordinator that came back learns who leads. */
  void tellLeader(SimCoordinator coordinator) {
    SimCoordinator leader = raft.leader();
    if (leader != null) {
      coordinator.learnLeader(raft.status(leader).term(), leader.id());
    }
  }

  /** The first coordinator to apply an entry shows its events to the invariants. */
  void applied(SimCoordinator coordinator) {
    replicas.applied(coordinator);
    long revision = coordinator.state().revision();
    if (revision > historySeen) {
      for (HistoryEvent event : coordinator.events(historySeen + 1)) {
        observe(event);
      }
      historySeen = revision;
    }
  }

  private void observe(HistoryEvent event) {
    trace(
        "history",
        event.revision()
            + " "
            + event.type()
            + " "
            + event.member()
            + " session="
            + event.session()
            + " epoch="
            + event.epoch()
            + " "
            + event.cause()
            + " "
            + event.details());
    switch (event.type()) {
      case LEASE_GRANTED -> {
        epochs.granted(event);
        covered("lease granted: " + event.cause());
      }
      case LEASE_ENDED -> covered("lease ended: " + event.cause());
      case LEASE_REVOKED -> covered("lease revoked: " + event.cause());
      case MEMBER_GONE -> covered("member gone: " + event.cause());
      case TTL_SETTLED -> covered("TTL settled");
      case SESSION_SUPERSEDED -> covered("session superseded");
      default -> {}
    }
  }

  void started(SimAgent agent, Tenure tenure) {
    starts.started(agent, tenure);
    callbacks.started(agent);
  }

  void ended(SimAgent agent, Tenure tenure, Cause cause) {
    callbacks.ended(agent);
    covered("activity ended: " + cause);
  }

  void returned(SimAgent agent, Tenure tenure, Callback which) {
    covered("callback returned: " + which);
  }

  // ------------------------------------------------------------------ what must be true

  void check() {
    for (Invariant invariant : invariants) {
      String broken = invariant.broken(this);
      if (broken != null) {
        throw new Violation(invariant.title(), seed, scheduler.now(), broken);
      }
    }
  }

  /** Promise 7, once faults have stopped: every group has its active, and no agent is stuck. */
  private void checkSettled() {
    check();
    SimCoordinator leader = raft.leader();
    if (leader == null) {
      throw new Violation("Progress", seed, scheduler.now(), "nobody leads");
    }
    for (String name : groups) {
      Group group = leader.state().group(name);
      if (group == null || !group.hasLeases()) {
        throw new Violation("Progress", seed, scheduler.now(), name + " has no active");
      }
    }
    for (SimAgent agent : Collections.unmodifiableList(agents)) {
      if (!agent.joined()) {
        throw new Violation("NoAgentIsStuck", seed, scheduler.now(), agent.id() + " is outside");
      }
    }
  }
}
