package io.baton.simulation;

import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * People and their tools: commands, pinned readers that never stop asking, and watchers that
 * resume.
 */
final class Operator {
  /**
   * How the names of all its actors begin: one a command, so that its effects can be told apart.
   */
  static final String NAME = "operator-";

  private static final long OLD_WATCH_EVERY = 15 * Scheduler.SECOND;

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final NothingAcknowledgedIsLost acknowledged = new NothingAcknowledgedIsLost();
  private final AcknowledgedIsInHistory done;
  private final List<Watcher> watchers = new ArrayList<>();
  private @Nullable SimCoordinator lastReader;
  private long sequence;
  private final Shapes shapes;
  private final Map<String, GroupSpec> specs = new HashMap<>();
  private final Set<String> impatient = new HashSet<>();
  private long ttlMillis;

  Operator(World world, Scenario scenario) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.shapes = scenario.shapes();
    this.ttlMillis = scenario.ttlMillis();
    this.done = new AcknowledgedIsInHistory(world.history());
  }

  List<Invariant> invariants() {
    return List.of(acknowledged, done);
  }

  /** Creates the groups, then starts reading and watching. */
  void begin() {
    world.groups().forEach(this::create);
    for (SimCoordinator each : world.coordinators()) {
      readLoop(each);
      long from = each.state().revision() + 1;
      String group = world.groups().get(0);
      watchers.add(new Watcher(world, each, "", from, Watcher.Manner.SLOW));
      watchers.add(new Watcher(world, each, group, from, Watcher.Manner.STEADY));
    }
    watchers.forEach(Watcher::subscribe);
    watchOld();
  }

  /** A coordinator came back; who watched it goes on where it was. */
  void restarted(SimCoordinator coordinator) {
    for (Watcher each : watchers) {
      if (each.watches(coordinator)) {
        world.covered(Case.WATCH_RESUMED);
        each.subscribe();
      }
    }
  }

  /** All is over; who watches for ever has long been able to see everything up to a revision. */
  void settled(long revision) {
    watchers.forEach(each -> each.settled(revision));
  }

  /** Somebody who begins long ago, where history may not reach back to. */
  private void watchOld() {
    scheduler.after(
        OLD_WATCH_EVERY,
        () -> {
          List<SimCoordinator> all = world.coordinators();
          SimCoordinator one = all.get(random.nextInt(all.size()));
          long floor = one.state().cluster().compactedRevision();
          long newest = one.state().revision();
          long from = random.nextInt(3) == 0 ? floor - 2 : newest - random.nextInt(900);
          new Watcher(world, one, "", Math.max(1, from), Watcher.Manner.PASSING).subscribe();
          watchOld();
        });
  }

  // ------------------------------------------------------------------ commands

  private GroupSpec spec(String group) {
    GroupSpec spec = specs.computeIfAbsent(group, g -> shapes.draw(random, members(g)));
    if (spec.failover().disconnectGraceMillis() > 0) {
      impatient.add(group);
    }
    return spec.withTimes(ttlMillis, 5_000, 3_000);
  }

  boolean hasGivenUpOneHolder(String group) {
    return impatient.contains(group);
  }

  private List<String> members(String group) {
    return world.agents().stream()
        .filter(a -> a.group().equals(group) && !world.isTwin(a))
        .map(SimAgent::member)
        .toList();
  }

  private void create(String group) {
    insist(new Command.CreateGroup(group, spec(group)));
  }

  void switchover() {
    if (shapes == Shapes.ANY) {
      world.administrator().switchover();
    } else {
      insist(new Command.Switchover(anyGroup(), 0, "", "", 0));
    }
  }

  void changeTtl(long millis) {
    ttlMillis = millis;
    world.groups().forEach(this::update);
  }

  void changePolicy() {
    String group = anyGroup();
    specs.put(group, shapes.policy(spec(group), random, members(group)));
    update(group);
  }

  private void update(String group) {
    insist(new Command.UpdateGroup(group, spec(group), 0));
  }

  void recreateGroup(long millis) {
    ttlMillis = millis;
    String group = anyGroup();
    specs.remove(group);
    insist(new Command.DeleteGroup(group, 0), outcome -> createWhenFree(group));
  }

  private void createWhenFree(String group) {
    insist(
        new Command.CreateGroup(group, spec(group)),
        outcome -> {
          if (outcome instanceof Outcome.Rejected) {
            scheduler.after(300 * Scheduler.MILLI, () -> createWhenFree(group));
          }
        });
  }

  private String anyGroup() {
    return world.groups().get(random.nextInt(world.groups().size()));
  }

  /** As below; the answer is of no interest. */
  void insist(Command command) {
    insist(command, outcome -> {});
  }

  /** Asks coordinator after coordinator, with one request id, until one has an answer. */
  private void insist(Command command, Consumer<Outcome> then) {
    long number = ++sequence;
    Request request =
        new Request(
            new RequestId("operator", number, acknowledged.newest()),
            new Actor(NAME + number, ""),
            command);
    attempt(new Asked(request, then));
  }

  private void attempt(Asked asked) {
    if (asked.answered) {
      return;
    }
    List<SimCoordinator> all = world.coordinators();
    SimCoordinator to = all.get(random.nextInt(all.size()));
    int attempt = ++asked.attempts;
    long patience = random.nextInt(4) == 0 ? 2 * Scheduler.MILLI : 2 * Scheduler.SECOND;
    scheduler.after(
        patience,
        () -> {
          if (attempt == asked.attempts) {
            attempt(asked);
          }
        });
    if (to.life().running()) {
      to.act(() -> to.api().submit(asked.request, new Try(asked, to, attempt)));
    }
  }

  /** A command that is asked until it is answered, under one request id. */
  private static final class Asked {
    private final Request request;
    private final Consumer<Outcome> then;
    private int attempts;
    private boolean doubtful;
    private boolean answered;

    Asked(Request request, Consumer<Outcome> then) {
      this.request = request;
      this.then = then;
    }
  }

  /** One try of a command, at one coordinator. */
  private final class Try implements ReplyTo<Outcome> {
    private final Asked asked;
    private final SimCoordinator at;
    private final int number;

    Try(Asked asked, SimCoordinator at, int number) {
      this.asked = asked;
      this.at = at;
      this.number = number;
    }

    /** A rejection that comes when this try was given up says nothing about the next. */
    @Override
    public void answer(Outcome outcome) {
      if (number < asked.attempts && outcome instanceof Outcome.Rejected) {
        return;
      }
      world.observer().answered(asked.request.actor().name(), outcome);
      if (outcome instanceof Outcome.Applied applied) {
        applied(applied);
      }
      if (!asked.answered) {
        asked.answered = true;
        asked.then.accept(outcome);
      }
    }

    private void applied(Outcome.Applied answer) {
      world.history().learn(at);
      boolean changed = done.answered(asked.request, answer);
      world.covered(changed ? Case.CHANGE_FOUND : Case.NOTHING_TO_CHANGE);
      world.covered(Case.ANSWERED_AFTER_DOUBT, changed && asked.doubtful);
      acknowledged.answered(answer.revision());
    }

    @Override
    public void refuse(Refusal why) {
      asked.doubtful |= why instanceof Refusal.OutcomeUnknown;
      world.covered(Case.OUTCOME_UNKNOWN, why instanceof Refusal.OutcomeUnknown);
      scheduler.after(50 * Scheduler.MILLI, () -> attempt(asked));
    }
  }

  // ------------------------------------------------------------------ reads

  /** Open loop: a reader that waits for answers would not see a stale one. */
  private void readLoop(SimCoordinator pinned) {
    scheduler.after(
        (200 + random.nextInt(400)) * Scheduler.MILLI,
        () -> {
          if (pinned.life().running()) {
            read(pinned);
          }
          readLoop(pinned);
        });
  }

  private void read(SimCoordinator pinned) {
    long atLeast = acknowledged.newest();
    boolean led = pinned.raft().leads();
    pinned.act(
        () ->
            pinned
                .api()
                .read(
                    true,
                    view -> view.state().revision(),
                    new ReplyTo<>() {
                      @Override
                      public void answer(Long revision) {
                        acknowledged.read(pinned.id(), atLeast, revision);
                        world.covered(Case.READ_BY_NEW_LEADER, lastReader != pinned);
                        lastReader = pinned;
                      }

                      @Override
                      public void refuse(Refusal why) {
                        world.covered(Case.READ_REFUSED, led);
                      }
                    }));
  }
}
