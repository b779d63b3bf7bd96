package io.baton.simulation;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one coordinator, sometimes more slowly than it delivers; after its death it resumes where
 * it was.
 */
final class Watcher implements Api.WatchSink {
  private final World world;
  private final RevisionHasNoGaps revisions;
  private final SimCoordinator coordinator;
  private final String group;
  private final Manner manner;
  private Life watched;
  private Api.@Nullable Subscription subscription;
  private long next;
  private boolean busy;

  /** How it watches. */
  enum Manner {
    /** It takes everything at once, for ever. */
    STEADY,
    /** It sometimes needs a pause, for ever. */
    SLOW,
    /** It is content when it has seen what is there, or that it can't. */
    PASSING
  }

  /** {@code group}: empty for all. */
  Watcher(World world, SimCoordinator coordinator, String group, long from, Manner manner) {
    this.world = world;
    this.revisions = world.revisions();
    this.coordinator = coordinator;
    this.group = group;
    this.watched = coordinator.life();
    this.next = from;
    this.manner = manner;
  }

  boolean watches(SimCoordinator one) {
    return one == coordinator;
  }

  void subscribe() {
    watched = coordinator.life();
    if (watched.alive()) {
      coordinator.act(() -> subscription = coordinator.api().watch(next, group, this));
    }
  }

  /** It has had time enough for everything up to a revision. */
  void settled(long revision) {
    String name = "the watch of " + (group.isEmpty() ? "all" : group) + " at " + coordinator.id();
    world.watches().settled(name, next, revision);
  }

  @Override
  public boolean ready() {
    return !busy && watched == coordinator.life();
  }

  @Override
  public void deliver(List<HistoryEvent> events, long revision) {
    world.history().learn(coordinator);
    long passedOver = world.watches().delivered(group, next, events, revision);
    world.covered(Case.WATCH_PASSED_OVER, passedOver > 0);
    if (group.isEmpty()) {
      revisions.delivered(next, events);
    }
    next = Math.max(next, revision + 1);
    if (!events.isEmpty()) {
      world.covered(Case.WATCH_READ_OLD, revision < coordinator.state().revision() - 100);
      rest();
    }
    Api.Subscription mine = subscription;
    if (manner == Manner.PASSING && mine != null && revision == coordinator.state().revision()) {
      coordinator.act(mine::cancel);
    }
  }

  private void rest() {
    if (manner != Manner.STEADY && world.random().nextInt(10) == 0) {
      busy = true;
      Life at = watched;
      world
          .scheduler()
          .after(
              world.random().nextInt(800) * Scheduler.MILLI,
              () -> {
                busy = false;
                Api.Subscription mine = subscription;
                if (mine != null && at == coordinator.life() && at.alive()) {
                  world.covered(Case.WATCH_SLOW);
                  coordinator.act(mine::resume);
                }
              });
    }
  }

  @Override
  public void compacted(long compactedRevision) {
    world.covered(Case.WATCH_COMPACTED);
    world.watches().compacted(next, compactedRevision, coordinator.state().revision());
    next = compactedRevision + 1;
    if (manner != Manner.PASSING) {
      subscribe();
    }
  }
}
