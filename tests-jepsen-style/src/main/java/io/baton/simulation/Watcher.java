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
  private final boolean passing;
  private Life watched;
  private Api.@Nullable Subscription subscription;
  private long next;
  private boolean busy;

  /** {@code passing}: it is content when it has seen what is there, or that it can't. */
  Watcher(
      World world,
      RevisionHasNoGaps revisions,
      SimCoordinator coordinator,
      long from,
      boolean passing) {
    this.world = world;
    this.revisions = revisions;
    this.coordinator = coordinator;
    this.watched = coordinator.life();
    this.next = from;
    this.passing = passing;
  }

  boolean watches(SimCoordinator one) {
    return one == coordinator;
  }

  void subscribe() {
    watched = coordinator.life();
    if (watched.alive()) {
      coordinator.act(() -> subscription = coordinator.api().watch(next, "", this));
    }
  }

  @Override
  public boolean ready() {
    return !busy && watched == coordinator.life();
  }

  @Override
  public void deliver(List<HistoryEvent> events, long revision) {
    next = revisions.delivered(next, events);
    if (!events.isEmpty()) {
      world.covered(Case.WATCH_READ_OLD, revision < coordinator.state().revision() - 100);
      rest();
    }
    Api.Subscription mine = subscription;
    if (passing && mine != null && revision == coordinator.state().revision()) {
      coordinator.act(mine::cancel);
    }
  }

  private void rest() {
    if (world.random().nextInt(10) == 0) {
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
    revisions.compacted(next, compactedRevision);
    next = compactedRevision + 1;
    if (!passing) {
      coordinator.act(() -> subscription = coordinator.api().watch(next, "", this));
    }
  }
}
