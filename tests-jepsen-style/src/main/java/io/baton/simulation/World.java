package io.baton.simulation;

import io.baton.agent.protocol.Site;
import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Everything that is simulated, and what must be true of it. */
final class World {
  private static final long CALM = 90 * Scheduler.SECOND;
  static final long LOOK_EVERY = 100 * Scheduler.MILLI;

  /** In so much of the calm everybody is told of what happened before. */
  private static final long LAST_WORDS = 10 * Scheduler.SECOND;

  private final Scenario scenario;
  private final Trace trace;
  private final RandomGenerator random;
  private final Scheduler scheduler = new Scheduler();
  private final Links links;
  private final Network network;
  private final SimRaft raft;
  private final Faults faults;
  private final History history = new History(Past.events());
  private final Operator operator;
  private final Administrator administrator;
  private final Observer observer;
  private final List<SimCoordinator> coordinators = new ArrayList<>();
  private final List<SimAgent> agents = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final ReplicasAgree replicas = new ReplicasAgree(history);
  private final RevisionHasNoGaps revisions = new RevisionHasNoGaps();
  private final WatchesTellHistory watches = new WatchesTellHistory(history);
  private final NewestStreamCounts newestStream = new NewestStreamCounts();
  private final List<Invariant> invariants = new ArrayList<>();
  private final Coverage coverage = new Coverage();
  private long historySeen;

  World(Scenario scenario, long seed, Trace trace) {
    this.scenario = scenario;
    this.trace = trace;
    this.random = new SplittableRandom(seed);
    int nodes = scenario.coordinators() + 2 * scenario.agents();
    this.links = new Links(scheduler, random, nodes, scenario.strikesAgents());
    this.network = new Network(this);
    this.raft = new SimRaft(this);
    this.faults = new Faults(this, scenario.strikesAgents());
    this.operator = new Operator(this, scenario);
    this.administrator = new Administrator(this);
    this.observer = new Observer(this, !scenario.strikesAgents());
    for (int i = 0; i < scenario.coordinators(); i++) {
      coordinators.add(new SimCoordinator(this, i, clock()));
    }
    for (int g = 1; g <= scenario.groups(); g++) {
      groups.add("group-" + g);
    }
    populate();
    invariants.addAll(observer.invariants());
    invariants.addAll(operator.invariants());
    invariants.addAll(List.of(replicas, newestStream, revisions, watches));
    this.historySeen = history.newest();
  }

  /** Every member, and then a twin of each, which does not live yet. */
  private void populate() {
    for (int i = 0; i < 2 * scenario.agents(); i++) {
      int number = i % scenario.agents();
      boolean twin = i >= scenario.agents();
      String member = "m" + (number + 1);
      String id = twin ? member + "-twin" : member;
      String group = groups.get(number % groups.size());
      boolean keepsDirectory = twin || random.nextBoolean();
      SimAgent.Seating seating =
          new SimAgent.Seating(
              group,
              member,
              keepsDirectory ? "dir-" + id : "",
              site(number, id),
              scenario.shapes() == Shapes.ANY && random.nextBoolean(),
              scenario.shapes() == Shapes.ANY && random.nextInt(4) == 0);
      SimAgent agent = new SimAgent(this, scenario.coordinators() + i, id, seating, clock());
      if (twin) {
        agent.crash();
      }
      agents.add(agent);
    }
  }

  private Site site(int number, String id) {
    return scenario.shapes() == Shapes.PLAIN
        ? Site.UNKNOWN
        : new Site(
            "h" + number % 3,
            "z" + number / groups.size() % 2,
            number < 4 ? 1 : 2,
            peerAddress(id));
  }

  /** Often as fast or as slow as a clock may be. */
  private Clock clock() {
    double bound = scenario.driftPermille() / 2000.0;
    double off = random.nextBoolean() ? 2 * random.nextDouble() - 1 : random.nextInt(3) - 1;
    return new Clock(scheduler, 1 + random.nextLong(1L << 40), 1 + bound * off);
  }

  /** Plays a schedule, then lets everything settle and checks that it has. */
  void play(Schedule schedule) {
    coordinators.forEach(SimCoordinator::begin);
    operator.begin();
    if (scenario.shapes() == Shapes.ANY) {
      administrator.begin();
      new Positions(this).begin();
    }
    agents.stream().filter(a -> !isTwin(a)).forEach(SimAgent::start);
    faults.plan(schedule);
    lookAgain();
    long end = schedule.endMillis() * Scheduler.MILLI;
    scheduler.runUntil(end);
    faults.stop();
    scheduler.runUntil(end + CALM - LAST_WORDS);
    long known = history.newest();
    scheduler.runUntil(end + CALM);
    operator.settled(known);
    coordinators.forEach(each -> replicas.settled(each, known));
    check();
    checkSettled();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  RandomGenerator random() {
    return random;
  }

  Links links() {
    return links;
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

  Administrator administrator() {
    return administrator;
  }

  History history() {
    return history;
  }

  RevisionHasNoGaps revisions() {
    return revisions;
  }

  WatchesTellHistory watches() {
    return watches;
  }

  Observer observer() {
    return observer;
  }

  NewestStreamCounts newestStream() {
    return newestStream;
  }

  boolean withinDrift() {
    return scenario.withinDrift();
  }

  /** Whether promise 1 holds for a group: a grace for broken connections gives it up. */
  boolean promisesOneHolder(String group) {
    return withinDrift() && !operator.hasGivenUpOneHolder(group);
  }

  int coordinatorCount() {
    return scenario.coordinators();
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
    throw new IllegalArgumentException("no coordinator " + address);
  }

  /** Every member's agent, then their twins. */
  List<SimAgent> agents() {
    return agents;
  }

  private static String peerAddress(String id) {
    return id + ":7100";
  }

  /** Who answers other members there. */
  SimAgent peer(String address) {
    return agent(address.substring(0, address.indexOf(':')));
  }

  SimAgent agent(String id) {
    for (SimAgent each : agents) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no agent " + id);
  }

  boolean isTwin(SimAgent agent) {
    return agent.index() >= scenario.coordinators() + scenario.agents();
  }

  SimAgent originalOf(SimAgent twin) {
    return agents.get(twin.index() - scenario.coordinators() - scenario.agents());
  }

  SimAgent twinOf(SimAgent agent) {
    return agents.get(agent.index() - scenario.coordinators() + scenario.agents());
  }

  List<String> groups() {
    return groups;
  }

  List<Invariant> invariants() {
    return invariants;
  }

  /** How often each interesting case occurred. */
  Coverage coverage() {
    return coverage;
  }

  /** Says what happens, for who plays one seed again. */
  void trace(String who, Supplier<String> what) {
    if (trace != Trace.OFF) {
      trace.line(scheduler.now(), who, what.get());
    }
  }

  void covered(Case what) {
    trace("case", what::toString);
    coverage.covered(what);
  }

  void covered(Case what, boolean occurred) {
    if (occurred) {
      covered(what);
    }
  }

  // ------------------------------------------------------------------ what happened

  void leaderChanged(SimCoordinator leader) {
    trace("raft", () -> leader.id() + " leads in term " + leader.raft().term());
    covered(Case.LEADER_CHANGED);
  }

  /**
   * The first coordinator to apply an entry shows its events to the invariants.
   *
   * @param before the revision that the entry found
   */
  void applied(SimCoordinator coordinator, boolean first, long before) {
    history.learn(coordinator);
    replicas.applied(coordinator, before);
    while (historySeen < history.newest()) {
      HistoryEvent event = history.event(++historySeen);
      observer.happened(Objects.requireNonNull(event), coordinator);
    }
    if (first) {
      faults.applied();
    }
  }

  void acted(SimAgent agent) {
    observer.acted(agent);
    check();
  }

  // ------------------------------------------------------------------ what must be true

  private void lookAgain() {
    scheduler.after(
        LOOK_EVERY,
        () -> {
          observer.look();
          check();
          lookAgain();
        });
  }

  private void check() {
    for (Invariant invariant : invariants) {
      String wrong = invariant.wrong();
      if (wrong != null) {
        throw new Broken(invariant.title(), scheduler.now(), wrong);
      }
    }
  }

  /** Promise 7, once faults have stopped: every group has its active, and nothing is stuck. */
  private void checkSettled() {
    SimCoordinator leader = raft.leader();
    if (leader == null) {
      throw stuck("nobody leads");
    }
    for (SimAgent agent : agents) {
      if (!isTwin(agent) && !agent.joined()) {
        throw stuck(agent.id() + " is outside");
      }
    }
    for (String name : groups) {
      Group group = leader.state().group(name);
      if (group == null) {
        throw stuck("there is no " + name);
      }
      for (Slot slot : group.slots().values()) {
        checkSettled(leader.state(), group, slot);
      }
      for (Member member : group.members().values()) {
        if (Owed.member(leader.state(), group, member)) {
          throw stuck(member.id() + " of " + name + " has no slot");
        }
      }
      String unfair = SharesAreFair.wrong(group);
      if (unfair != null) {
        throw stuck(name + ": " + unfair);
      }
      Agreement agreement = leader.state().agreement(name);
      if (agreement != null && agreement.isOpen(group)) {
        throw stuck(agreement.holder().member() + " may be active by its peers' word for ever");
      }
      if (!group.info().holds().isEmpty()) {
        throw stuck("a lowered TTL of " + name + " does not settle");
      }
    }
    if (leader.state().sessions().size() != scenario.agents()) {
      throw stuck(leader.state().sessions().size() + " sessions of " + scenario.agents());
    }
  }

  private void checkSettled(ClusterState state, Group group, Slot slot) {
    Lease lease = slot.lease();
    SlotName name = new SlotName(slot.group(), slot.index());
    if (lease == null && Owed.slot(state, group, slot)) {
      throw stuck(name + " has no active");
    }
    if (lease != null && agents.stream().noneMatch(a -> a.isActiveUnder(lease.epoch()))) {
      throw stuck(lease.member() + " holds " + name + " and does not believe it");
    }
  }

  private Broken stuck(String what) {
    return new Broken("Progress", scheduler.now(), what);
  }
}
