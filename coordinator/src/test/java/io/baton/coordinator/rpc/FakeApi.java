package io.baton.coordinator.rpc;

import io.baton.coordinator.service.AgentStream;
import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.Open;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ReplyTo;
import io.baton.coordinator.service.Store;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A coordinator of one, without a log: what is submitted is applied at once to a real state. */
public final class FakeApi implements Api {
  public final ClusterState state = ClusterState.empty();
  public final List<HistoryEvent> history = new CopyOnWriteArrayList<>();
  public final List<Request> submitted = new CopyOnWriteArrayList<>();
  public final List<FromAgent> received = new CopyOnWriteArrayList<>();
  public final List<Open> opened = new CopyOnWriteArrayList<>();
  public final List<AgentStream> streams = new CopyOnWriteArrayList<>();
  public final List<WatchSink> watches = new CopyOnWriteArrayList<>();
  public final List<GroupSink> groupWatches = new CopyOnWriteArrayList<>();
  public final List<Consumer<LeaderHint>> leaderListeners = new CopyOnWriteArrayList<>();
  public volatile int closedStreams;
  public volatile int cancelled;
  public volatile int resumed;
  public volatile LeaderHint hint = LeaderHint.NONE;
  public volatile LogStatus log = new LogStatus(LogStatus.Role.LEADER, 1, "n1", 1, 1, 1, List.of());

  /** Refuses every command, linearizable read and stream, where set. */
  public volatile @Nullable Refusal refusal;

  /** Called before a command is applied. */
  public volatile Runnable beforeSubmit = () -> {};

  private long sequence;

  /** Makes the cluster, so that there is one. */
  public FakeApi founded() {
    apply(Request.of(new Command.Found("c-1", 60_000, 5_000, List.of())));
    return this;
  }

  public Outcome apply(Request request) {
    Round round =
        new Round(new RoundId(new UUID(0, 1), ++sequence), 1_000, List.of(), List.of(request));
    RoundResult result = state.apply(round);
    history.addAll(result.events());
    return result.outcomes().get(0);
  }

  @Override
  public AgentConnection open(Open open, AgentStream stream) {
    opened.add(open);
    streams.add(stream);
    Refusal why = refusal;
    if (why != null) {
      stream.close(why);
    } else {
      stream.send(new ToAgent.Welcome("c-1", 7, state.revision(), 10, 5_000, hint));
    }
    return new AgentConnection() {
      @Override
      public void received(FromAgent message) {
        received.add(message);
      }

      @Override
      @SuppressWarnings("NonAtomicVolatileUpdate")
      public void closed() {
        closedStreams++;
      }
    };
  }

  @Override
  public void submit(Request request, ReplyTo<Outcome> reply) {
    Refusal why = refusal;
    if (why != null) {
      reply.refuse(why);
      return;
    }
    beforeSubmit.run();
    submitted.add(request);
    reply.answer(apply(request));
  }

  @Override
  public <T> void read(boolean linearizable, Function<View, T> query, ReplyTo<T> reply) {
    Refusal why = refusal;
    if (linearizable && why != null) {
      reply.refuse(why);
    } else {
      reply.answer(query.apply(new FakeView()));
    }
  }

  @Override
  public Subscription watch(long fromRevision, String group, WatchSink sink) {
    watches.add(sink);
    return new CountedSubscription();
  }

  private final class CountedSubscription implements Subscription {
    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void cancel() {
      cancelled++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void resume() {
      resumed++;
    }
  }

  @Override
  public Subscription watchGroup(
      String group, long fromRevision, String clusterId, GroupSink sink) {
    groupWatches.add(sink);
    Refusal why = refusal;
    if (why != null) {
      sink.refuse(why);
    }
    return new CountedSubscription();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public Subscription leaders(Consumer<LeaderHint> listener) {
    leaderListeners.add(listener);
    listener.accept(hint);
    return () -> cancelled++;
  }

  @Override
  public void drain() {}

  private final class FakeView implements View {
    @Override
    public ClusterState state() {
      return state;
    }

    @Override
    public Store store() {
      return new ListStore(history);
    }

    @Override
    public LogStatus log() {
      return log;
    }

    @Override
    public OptionalLong silentMillis(long session) {
      return OptionalLong.of(12);
    }

    @Override
    public LeaderHint leader() {
      return hint;
    }

    @Override
    public boolean readOnly() {
      return false;
    }
  }

  private record ListStore(List<HistoryEvent> events) implements Store {
    @Override
    public void write(
        long term,
        long index,
        Map<Entity.Key, Optional<Entity>> touched,
        List<HistoryEvent> more,
        long compactedRevision) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void mark(long term, long index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<HistoryEvent> eventsFrom(long from, int limit) {
      return events.stream().filter(e -> e.revision() >= from).limit(limit).toList();
    }

    @Override
    public List<HistoryEvent> eventsBackFrom(long from, int limit) {
      List<HistoryEvent> newestFirst = new ArrayList<>(events);
      Collections.reverse(newestFirst);
      return newestFirst.stream().filter(e -> e.revision() <= from).limit(limit).toList();
    }
  }
}
