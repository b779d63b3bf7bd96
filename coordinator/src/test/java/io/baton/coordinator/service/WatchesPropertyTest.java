package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Promise 6 under any interleaving of events, slow sinks, broken streams and snapshots. */
final class WatchesPropertyTest {
  /** What may happen next. */
  enum Step {
    EVENT,
    EVENT_OF_THE_GROUP,
    MANY_EVENTS,
    SINK_STALLS,
    SINK_TAKES_ONE,
    SINK_TAKES_ALL,
    TIME_PASSES,
    CLIENT_RESUMES,
    SNAPSHOT_INSTALLED
  }

  @Property(tries = 300)
  void everyEventIsDeliveredOnceAndInOrderOrTheClientIsToldCompacted(
      @ForAll @Size(min = 1, max = 120) List<Step> steps,
      @ForAll @IntRange(min = 1, max = 40) int from,
      @ForAll boolean filtered) {
    History history = new History(from, filtered ? "h" : "");
    steps.forEach(history::take);
    history.take(Step.SINK_TAKES_ALL);
    List<HistoryEvent> expected = history.expected();
    if (history.compacted()) {
      assertThat(expected).startsWith(history.received.toArray(new HistoryEvent[0]));
    } else {
      assertThat(history.received).isEqualTo(expected);
    }
  }

  /** One run: a client, its watch, and the coordinator that serves it. */
  private static final class History {
    final List<HistoryEvent> received = new ArrayList<>();
    private final List<HistoryEvent> all = new ArrayList<>();
    private final MemoryStore store = new MemoryStore();
    private final Watches watches = new Watches(store);
    private final ClusterState state = ClusterState.empty();
    private final long from;
    private final String group;
    private RecordingSink sink = new RecordingSink();
    private long next;
    private Api.Subscription subscription;
    private long rounds;
    private long now;

    History(long from, String group) {
      this.from = from;
      this.next = from;
      this.group = group;
      apply(new Command.CreateGroup("h", GroupSpec.DEFAULT));
      subscription = watches.open(from, group, sink, () -> state, now);
    }

    void take(Step step) {
      switch (step) {
        case EVENT -> happens(1);
        case EVENT_OF_THE_GROUP -> change();
        case MANY_EVENTS -> happens(700);
        case SINK_STALLS -> sink.room = 0;
        case SINK_TAKES_ONE -> takes(1);
        case SINK_TAKES_ALL -> takes(Integer.MAX_VALUE);
        case TIME_PASSES -> now += 600_000_000;
        case CLIENT_RESUMES -> resume();
        case SNAPSHOT_INSTALLED -> installed();
      }
      watches.pump(state, now);
      received.addAll(sink.events);
      sink.events.clear();
    }

    private void happens(int events) {
      for (int i = 0; i < events; i++) {
        apply(new Command.OpenSession("agent"));
        if (i % 10 == 0) {
          watches.pump(state, now);
        }
      }
    }

    /** A new TTL each time, so that each is a change. */
    private void change() {
      long ttlMillis = 5_000 + rounds;
      apply(new Command.UpdateGroup("h", GroupSpec.DEFAULT.withTtlMillis(ttlMillis), 0));
    }

    private void apply(Command command) {
      RoundResult result = written(command);
      watches.add(result.events());
    }

    private RoundResult written(Command command) {
      RoundId id = new RoundId(new UUID(0, 1), ++rounds);
      RoundResult result = state.apply(new Round(id, 0, List.of(), List.of(Request.of(command))));
      all.addAll(result.events());
      store.write(
          1, rounds, result.touched(), result.events(), state.cluster().compactedRevision());
      return result;
    }

    private void takes(int batches) {
      sink.room = batches;
      subscription.resume();
    }

    /** The stream breaks; the client opens another after the last revision it heard of. */
    private void resume() {
      subscription.cancel();
      received.addAll(sink.events);
      next = Math.max(next, sink.reached + 1);
      sink = new RecordingSink();
      subscription = watches.open(next, group, sink, () -> state, now);
    }

    /** The coordinator missed rounds and was given a state and a history that have them. */
    private void installed() {
      for (int i = 0; i < 5; i++) {
        written(new Command.OpenSession("agent"));
      }
      watches.forgetRecent();
    }

    boolean compacted() {
      return !sink.compacted.isEmpty();
    }

    List<HistoryEvent> expected() {
      return all.stream()
          .filter(e -> e.revision() >= from && (group.isEmpty() || e.group().equals(group)))
          .toList();
    }
  }
}
