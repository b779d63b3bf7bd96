package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.HistoryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Delivers every event once, in order, to each watch that takes it (design §2.6). A watch is a
 * position in the history and nothing more, so a slow one costs no memory; one that history no
 * longer reaches back to is told COMPACTED.
 */
final class Watches {
  private static final int RECENT = 2_000;
  private static final int BATCH = 200;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Store store;
  private final Set<Position> watches = new LinkedHashSet<>();

  /** The newest events, without a gap, so that watches that keep up never touch the disk. */
  private final ArrayDeque<HistoryEvent> recent = new ArrayDeque<>();

  private long pumpedNanos;

  /** What a watch is, of events or of a group's picture: a place in the history. */
  interface Position {
    /** Delivers what there is, as far as it is wanted; false: nothing more will come. */
    boolean pump(ClusterState state, long nowNanos);

    /** Delivers nothing more. */
    void end();
  }

  Watches(Store store) {
    this.store = store;
  }

  /**
   * Starts a watch at {@code from}; 0: at what happens next. It is told its position at once, so
   * that it can be resumed from its first moment.
   */
  Api.Subscription open(
      long from, String group, Api.WatchSink sink, Supplier<ClusterState> state, long now) {
    Watch watch =
        new Watch(
            from == 0 ? state.get().revision() + 1 : from, group, sink, now - HEARTBEAT_NANOS);
    return begin(watch, state, now);
  }

  /** Starts a watch of a group's picture at {@code from}; 0: with a snapshot. */
  Api.Subscription openGroup(
      String group,
      long from,
      Api.GroupSink sink,
      BooleanSupplier leaderKnown,
      Supplier<ClusterState> state,
      long now) {
    return begin(new GroupFeed(group, from, sink, this::read, leaderKnown, now), state, now);
  }

  private Api.Subscription begin(Position watch, Supplier<ClusterState> state, long now) {
    watches.add(watch);
    pump(watch, state.get(), now);
    return new Api.Subscription() {
      @Override
      public void cancel() {
        watch.end();
        watches.remove(watch);
      }

      @Override
      public void resume() {
        pump(watch, state.get(), pumpedNanos);
      }
    };
  }

  /** Takes in what a round changed. */
  void add(List<HistoryEvent> events) {
    for (HistoryEvent event : events) {
      recent.addLast(event);
      if (recent.size() > RECENT) {
        recent.removeFirst();
      }
    }
  }

  /** The state was replaced: the newest events are no longer without a gap. */
  void forgetRecent() {
    recent.clear();
  }

  /** Delivers to every watch that is ready, and heartbeats to the silent. */
  void pump(ClusterState state, long nowNanos) {
    for (Position watch : List.copyOf(watches)) {
      pump(watch, state, nowNanos);
    }
  }

  private void pump(Position watch, ClusterState state, long nowNanos) {
    pumpedNanos = nowNanos;
    if (!watch.pump(state, nowNanos)) {
      watches.remove(watch);
    }
  }

  private List<HistoryEvent> read(long from) {
    HistoryEvent oldest = recent.peekFirst();
    if (oldest == null || from < oldest.revision()) {
      return store.eventsFrom(from, BATCH);
    }
    List<HistoryEvent> wanted = new ArrayList<>();
    for (Iterator<HistoryEvent> newestFirst = recent.descendingIterator();
        newestFirst.hasNext(); ) {
      HistoryEvent event = newestFirst.next();
      if (event.revision() < from) {
        break;
      }
      wanted.add(event);
    }
    Collections.reverse(wanted);
    return wanted.subList(0, Math.min(BATCH, wanted.size()));
  }

  private final class Watch implements Position {
    private final String group;
    private final Api.WatchSink sink;
    private long next;
    private long lastNanos;
    private boolean cancelled;

    Watch(long next, String group, Api.WatchSink sink, long nowNanos) {
      this.next = next;
      this.group = group;
      this.sink = sink;
      this.lastNanos = nowNanos;
    }

    @Override
    public boolean pump(ClusterState state, long nowNanos) {
      while (!cancelled && sink.ready() && next <= state.revision()) {
        if (next <= state.cluster().compactedRevision()) {
          end();
          sink.compacted(state.cluster().compactedRevision());
          return false;
        }
        List<HistoryEvent> batch = read(next);
        long reached = batch.isEmpty() ? state.revision() : batch.get(batch.size() - 1).revision();
        next = reached + 1;
        deliver(batch, reached, nowNanos);
      }
      boolean caughtUp = next > state.revision();
      if (caughtUp && !cancelled && sink.ready() && nowNanos - lastNanos >= HEARTBEAT_NANOS) {
        lastNanos = nowNanos;
        sink.deliver(List.of(), state.revision());
      }
      return !cancelled;
    }

    private void deliver(List<HistoryEvent> batch, long reached, long nowNanos) {
      List<HistoryEvent> matching =
          group.isEmpty() ? batch : batch.stream().filter(e -> e.group().equals(group)).toList();
      if (!matching.isEmpty()) {
        lastNanos = nowNanos;
        sink.deliver(matching, reached);
      }
    }

    @Override
    public void end() {
      cancelled = true;
    }
  }
}
