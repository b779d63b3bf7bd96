package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.HistoryEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Tells one watch a group's picture, and then what changes in it. It is a place in the history and,
 * while it tells a snapshot, a place in the state; nothing waits in it for a slow reader. The
 * events since its place say which slots and members to look at, and the state says what they are:
 * so changes that a reader was too slow for become one.
 */
final class GroupFeed implements Watches.Position {
  /** The rest of what there is to tell waits for the next pump: others want the thread, too. */
  private static final int STEPS_A_PUMP = 10;

  private static final long BOOKMARK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String group;
  private final Api.GroupSink sink;
  private final LongFunction<List<HistoryEvent>> historyFrom;
  private final BooleanSupplier leaderKnown;
  private final PictureWalk walk;
  private boolean walking;
  private boolean begun;

  /** Whether what was delivered is not a whole picture. */
  private boolean unfinished;

  /** The first revision whose event was not looked at. */
  private long next;

  private long lastNanos;
  private boolean ended;

  /**
   * @param from 0: begins with a snapshot
   * @param historyFrom some events from a revision on, in order; none: there are none up to now
   */
  GroupFeed(
      String group,
      long from,
      Api.GroupSink sink,
      LongFunction<List<HistoryEvent>> historyFrom,
      BooleanSupplier leaderKnown,
      long nowNanos) {
    this.group = group;
    this.next = from;
    this.sink = sink;
    this.historyFrom = historyFrom;
    this.leaderKnown = leaderKnown;
    this.walk = new PictureWalk(group);
    this.walking = from == 0;
    this.lastNanos = nowNanos - BOOKMARK_NANOS;
  }

  @Override
  public boolean pump(ClusterState state, long nowNanos) {
    for (int step = 0; step < STEPS_A_PUMP && isBehind(state) && isWanted(); step++) {
      if (isTooLate(state)) {
        end();
        sink.compacted(state.cluster().compactedRevision());
        return false;
      }
      if (walking) {
        walkOn(state, nowNanos);
      } else {
        goOn(state, nowNanos);
      }
    }
    boolean due = unfinished || nowNanos - lastNanos >= BOOKMARK_NANOS;
    if (due && !isBehind(state) && isWanted()) {
      deliver(new GroupNews.Bookmark(state.revision(), leaderKnown.getAsBoolean()), nowNanos);
      unfinished = false;
    }
    return !ended;
  }

  private boolean isWanted() {
    return !ended && sink.ready();
  }

  /** Before there is a cluster there is no picture either. */
  private boolean isBehind(ClusterState state) {
    return walking ? !state.cluster().id().isEmpty() : next <= state.revision();
  }

  private boolean isTooLate(ClusterState state) {
    return (begun || !walking) && next <= state.cluster().compactedRevision();
  }

  private void walkOn(ClusterState state, long nowNanos) {
    boolean begins = !begun;
    if (begins) {
      begun = true;
      next = state.revision() + 1;
    }
    GroupNews.Things part = walk.next(state);
    walking = !walk.ended();
    unfinished = isBehind(state);
    String cluster = begins ? state.cluster().id() : "";
    deliver(new GroupNews.Snapshot(state.revision(), unfinished, begins, cluster, part), nowNanos);
  }

  private void goOn(ClusterState state, long nowNanos) {
    List<HistoryEvent> events = historyFrom.apply(next);
    long reached = events.isEmpty() ? state.revision() : events.get(events.size() - 1).revision();
    next = reached + 1;
    boolean more = isBehind(state);
    List<GroupNews.Changes> parts = new Touched(state, group, events).news(more);
    for (GroupNews.Changes part : parts) {
      unfinished = part.more();
      deliver(part, nowNanos);
    }
  }

  private void deliver(GroupNews news, long nowNanos) {
    if (!ended) {
      lastNanos = nowNanos;
      sink.deliver(news);
    }
  }

  @Override
  public void end() {
    ended = true;
  }
}
