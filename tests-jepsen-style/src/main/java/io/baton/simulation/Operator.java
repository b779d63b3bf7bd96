package io.baton.simulation;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.RequestId;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * People and their tools: commands, pinned readers that never stop asking, and watchers that
 * resume.
 */
final class Operator {
  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private long sequence;
  private long ttlMillis;

  Operator(World world, long ttlMillis) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.ttlMillis = ttlMillis;
  }

  /** Creates the groups, then starts reading and watching. */
  void begin() {
    world.groups().forEach(this::create);
    for (SimCoordinator each : world.coordinators()) {
      readLoop(each);
      new Watcher(each).subscribe();
    }
  }

  private GroupSpec spec() {
    return new GroupSpec(GroupSpec.DEFAULT.mode(), ttlMillis, 5_000, 3_000, "");
  }

  private void create(String group) {
    insist(new Command.CreateGroup(group, spec()), outcome -> {});
  }

  void switchover() {
    world.covered("switchover");
    String group = anyGroup();
    insist(new Command.Switchover(group, 0, "", ""), outcome -> {});
  }

  void changeTtl() {
    world.covered("TTL changed");
    ttlMillis = 1_000 + random.nextInt(5) * 1_000L;
    world.ttlMillis(ttlMillis);
    world.groups().forEach(g -> insist(new Command.UpdateGroup(g, spec(), 0), outcome -> {}));
  }

  void recreateGroup() {
    world.covered("group deleted and made again");
    String group = anyGroup();
    insist(new Command.DeleteGroup(group, 0), outcome -> createWhenFree(group));
  }

  private void createWhenFree(String group) {
    insist(
        new Command.CreateGroup(group, spec()),
        outcome -> {
          if (outcome instanceof Outcome.Rejected) {
            scheduler.after(500 * Scheduler.MILLI, () -> createWhenFree(group));
          }
        });
  }

  private String anyGroup() {
    return world.groups().get(random.nextInt(world.groups().size()));
  }

  /** Asks coordinator after coordinator, with one request id, until one has an answer. */
  private void insist(Command command, Consumer<Outcome> then) {
    Request request =
        new Request(
            new RequestId("operator", ++sequence, world.acknowledged().newest()),
            new Actor("operator", ""),
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
    scheduler.after(
        2 * Scheduler.SECOND,
        () -> {
          if (attempt == asked.attempts) {
            attempt(asked);
          }
        });
    if (to.life().running()) {
      to.act(() -> to.api().submit(asked.request, asked));
    }
  }

  /** A command that is asked until it is answered, under one request id. */
  private final class Asked implements ReplyTo<Outcome> {
    private final Request request;
    private final Consumer<Outcome> then;
    private int attempts;
    private boolean answered;

    Asked(Request request, Consumer<Outcome> then) {
      this.request = request;
      this.then = then;
    }

    @Override
    public void answer(Outcome outcome) {
      if (outcome instanceof Outcome.Applied applied) {
        world.acknowledged().answered(applied.revision());
      }
      if (!answered) {
        answered = true;
        then.accept(outcome);
      }
    }

    @Override
    public void refuse(Refusal why) {
      scheduler.after(50 * Scheduler.MILLI, () -> attempt(this));
    }
  }

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
    long atLeast = world.acknowledged().newest();
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
                        world.acknowledged().read(pinned.id(), atLeast, revision);
                      }

                      @Override
                      public void refuse(Refusal why) {}
                    }));
  }

  /** Watches one coordinator; after its death it resumes where it was. */
  private final class Watcher implements Api.WatchSink {
    private final SimCoordinator coordinator;
    private Life watched;
    private long next = 1;

    Watcher(SimCoordinator coordinator) {
      this.coordinator = coordinator;
      this.watched = coordinator.life();
    }

    void subscribe() {
      watched = coordinator.life();
      if (watched.alive()) {
        coordinator.act(() -> coordinator.api().watch(next, "", this));
      }
      awaitDeath(watched);
    }

    private void awaitDeath(Life life) {
      scheduler.after(
          Scheduler.SECOND,
          () -> {
            if (life == coordinator.life() && life.alive()) {
              awaitDeath(life);
            } else {
              subscribe();
            }
          });
    }

    @Override
    public boolean ready() {
      return watched == coordinator.life();
    }

    @Override
    public void deliver(List<HistoryEvent> events, long revision) {
      next = world.revisions().delivered(next, events);
    }

    @Override
    public void compacted(long compactedRevision) {
      next = compactedRevision + 1;
      coordinator.act(() -> coordinator.api().watch(next, "", this));
    }
  }
}
