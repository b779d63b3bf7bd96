package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator, between its adapters: applies what the log commits, answers what waited for it,
 * tells agents and watches what changed, and does the leader's duties.
 *
 * <p>Sans-I/O: time, messages and committed rounds come in, messages and proposals go out. The core
 * thread owns it; every method is called there and none blocks. The simulation drives the same
 * class.
 */
public final class Node implements Api, LogListener {
  private final NodeSettings settings;
  private final Ports ports;
  private final Timing timing;
  private final LeaseClock clock;
  private final Notes notes = new Notes();
  private final Rounds rounds;
  private final Takeovers takeovers = new Takeovers(notes);
  private final Duties duties;
  private final StepDown stepDown;
  private final GroupViews views = new GroupViews();
  private final AgentStreams streams;
  private final Watches watches;
  private final Leadership leadership = new Leadership();
  private ClusterState state;
  private long shortestTtlMillis;
  private long readyTerm;
  private long readyLeaseNanos;
  private long steppedDownNanos;
  private boolean draining;
  private boolean founding;
  private String waitedFor = "";

  /**
   * What a node is plugged into.
   *
   * @param proposer one per start of the process
   * @param founding the first command of a new cluster; asked only by its first leader
   * @param readOnly whether disk space is below the watermark
   */
  public record Ports(
      UUID proposer,
      Ticker ticker,
      LongSupplier wallMillis,
      Log log,
      Store store,
      Supplier<Command.Found> founding,
      BooleanSupplier readOnly,
      Journal journal) {}

  /** A node whose state is as loaded from its store. */
  public Node(NodeSettings settings, Ports ports, ClusterState loaded) {
    this.settings = settings;
    this.ports = ports;
    this.state = loaded;
    this.timing = new Timing(settings.driftPermille());
    this.clock = new LeaseClock(ports.ticker().nanos());
    this.rounds = new Rounds(ports.proposer(), ports.log(), ports.wallMillis());
    this.stepDown = new StepDown(settings.electionMillisMax());
    this.duties =
        new Duties(
            settings,
            new Deadlines(timing, notes),
            (command, reply) -> rounds.submit(Request.of(command), reply),
            () -> ports.log().transferLeadership("suspects itself"),
            ports.journal());
    this.streams = new AgentStreams(new StreamCore(), views, takeovers);
    this.watches = new Watches(ports.store());
    this.shortestTtlMillis = Deadlines.shortestTtl(loaded);
    notes.adopt(loaded, clock.nanos());
  }

  // ------------------------------------------------------------------ time

  /**
   * Does what time asks for; to be called every few milliseconds, and at {@link #nextTickNanos} at
   * the latest.
   */
  public void tick() {
    long now = ports.ticker().nanos();
    advance(now);
    if (leading()) {
      checkStepDown(now);
      streams.sendViews(now);
      turn(now);
      if (!state.sessions().isEmpty() || notes.anyHold()) {
        rounds.proposeIfIdle(now, LeaseClock.TICK_NANOS);
      }
    }
    watches.pump(state, now);
  }

  /** When {@link #tick} is due at the latest, on the ticker's scale. */
  public long nextTickNanos() {
    long idle = ports.ticker().nanos() + LeaseClock.TICK_NANOS;
    return leading() ? Math.min(idle, rounds.nextProposeNanos(gatherNanos())) : idle;
  }

  private long advance(long now) {
    return clock.advance(now, rounds.oldestUnappliedNanos(now) > LeaseClock.STALL_NANOS);
  }

  private long gatherNanos() {
    return Timing.gather(shortestTtlMillis);
  }

  /** A leader's turn: what is due, what may go on, and the next rounds. */
  private void turn(long now) {
    if (state.cluster().id().isEmpty() && !founding && everyLogHasBegun()) {
      found();
    }
    duties.run(state, now, clock.nanos(), readyLeaseNanos);
    takeovers.tick(state, clock.nanos(), readyLeaseNanos);
    rounds.propose(now, gatherNanos());
  }

  /**
   * Ratis counts no vote of an empty log for one that has begun (trap 28): a cluster founded before
   * all have begun could not survive the loss of one that has.
   */
  private boolean everyLogHasBegun() {
    String without =
        ports.log().status().peers().stream()
            .filter(peer -> peer.voter() && peer.matchIndex() < 0)
            .map(LogStatus.Peer::id)
            .collect(Collectors.joining(", "));
    if (!without.isEmpty() && !without.equals(waitedFor)) {
      waitedFor = without;
      ports.journal().said("founds the cluster once it has heard from: " + without);
    }
    return without.isEmpty();
  }

  /** Proposes the founding, and again where that came to nothing. */
  private void found() {
    founding = true;
    rounds.submit(
        Request.of(ports.founding().get()),
        new ReplyTo<>() {
          @Override
          public void answer(Outcome value) {
            founding = false;
          }

          @Override
          public void refuse(Refusal why) {
            founding = false;
          }
        });
  }

  private void checkStepDown(long now) {
    boolean recently =
        now - steppedDownNanos < TimeUnit.SECONDS.toNanos(1) && steppedDownNanos != 0;
    if (recently || !stepDown.suspicious(rounds.oldestUnappliedNanos(now))) {
      return;
    }
    stepDown
        .reason(ports.log().status())
        .ifPresent(
            why -> {
              steppedDownNanos = now;
              ports.journal().said("steps down: " + why);
              ports.log().stepDown(why);
            });
  }

  /**
   * Whether this coordinator may answer: it leads, has applied all before its term, and the cluster
   * is founded.
   */
  private boolean serving() {
    return leading() && !draining && !state.cluster().id().isEmpty();
  }

  private boolean leading() {
    return readyTerm != 0;
  }

  // ------------------------------------------------------------------ the log

  @Override
  public void applied(long term, long index, Round round) {
    long now = ports.ticker().nanos();
    long lease = advance(now);
    RoundResult result = state.apply(round);
    ports
        .store()
        .write(term, index, result.touched(), result.events(), state.cluster().compactedRevision());
    notes.observe(result, state, lease);
    if (!result.events().isEmpty()) {
      shortestTtlMillis = Deadlines.shortestTtl(state);
      result.events().forEach(ports.journal()::changed);
      watches.add(result.events());
    }
    answer(result, now);
    if (leading()) {
      duties.observe(result);
      turn(now);
    }
    if (!result.events().isEmpty()) {
      leadership.refresh(state);
      watches.pump(state, now);
    }
  }

  /** ⚠ Rule 13: orders go before any acknowledgement or answer of the same round. */
  private void answer(RoundResult result, long now) {
    Rounds.Answers answers = rounds.applied(result);
    if (answers != null) {
      answers.answerReads();
    }
    streams.sendOrders(result, now);
    streams.acknowledge(result);
    if (answers != null) {
      answers.answerRequests();
    }
    streams.forgetEnded(result);
  }

  @Override
  public void appliedOwn(long term, long index) {
    ports.store().mark(term, index);
  }

  @Override
  public void proposalFailed(RoundId round) {
    rounds.failed(round, leadership.hint());
  }

  @Override
  public void ready(long term) {
    leaderChanged(term, settings.coordinatorId());
    readyTerm = term;
    readyLeaseNanos = advance(ports.ticker().nanos());
    long suspected = state.cluster().suspectedTerm();
    duties.begin(term, suspected != 0 && suspected >= term - 2);
    ports.journal().said("leads: term=" + term + " revision=" + state.revision());
    turn(ports.ticker().nanos());
  }

  @Override
  public void notLeader() {
    if (leading()) {
      ports.journal().said("leads no more: term=" + readyTerm);
    }
    readyTerm = 0;
    leadership.lostBy(settings.coordinatorId(), state);
    rounds.abandon(leadership.hint());
    takeovers.clear();
    duties.end();
    streams.closeAll(new Refusal.NotLeader(leadership.hint()));
    notes.forgetConnections();
  }

  @Override
  public void leaderChanged(long term, String newLeaderId) {
    leadership.changed(term, newLeaderId, state);
  }

  @Override
  public void stateReplaced(ClusterState replaced) {
    state = replaced;
    shortestTtlMillis = Deadlines.shortestTtl(replaced);
    notes.adopt(replaced, advance(ports.ticker().nanos()));
    watches.forgetRecent();
    leadership.refresh(state);
    watches.pump(state, ports.ticker().nanos());
  }

  // ------------------------------------------------------------------ the adapters

  @Override
  public AgentConnection open(Open open, AgentStream stream) {
    Refusal refusal = refusal(open);
    if (refusal != null) {
      stream.close(refusal);
      return CLOSED;
    }
    AgentConnection connection = streams.open(open, stream);
    proposeNow();
    return connection;
  }

  private @Nullable Refusal refusal(Open open) {
    if (!serving()) {
      return notServing();
    }
    String own = state.cluster().id();
    if (!open.clusterId().isEmpty() && !open.clusterId().equals(own)) {
      return new Refusal.WrongCluster(own);
    }
    return open.session() == 0 && ports.readOnly().getAsBoolean() ? new Refusal.ReadOnly() : null;
  }

  @Override
  public void submit(Request request, ReplyTo<Outcome> reply) {
    if (!serving()) {
      reply.refuse(notServing());
    } else if (ports.readOnly().getAsBoolean()) {
      reply.refuse(new Refusal.ReadOnly());
    } else {
      rounds.submit(request, reply);
      proposeNow();
    }
  }

  @Override
  public <T> void read(boolean linearizable, Function<View, T> query, ReplyTo<T> reply) {
    if (!linearizable) {
      reply.answer(query.apply(view()));
    } else if (!serving()) {
      reply.refuse(notServing());
    } else {
      rounds.read(() -> reply.answer(query.apply(view())), reply::refuse);
      proposeNow();
    }
  }

  private View view() {
    return new NodeView(state, ports, notes, clock, leadership.hint());
  }

  /** A coordinator that goes down sends nobody back to itself. */
  private Refusal notServing() {
    return new Refusal.NotLeader(draining ? LeaderHint.NONE : leadership.hint());
  }

  private void proposeNow() {
    rounds.propose(ports.ticker().nanos(), gatherNanos());
  }

  @Override
  public Subscription watch(long fromRevision, String group, WatchSink sink) {
    return watches.open(fromRevision, group, sink, () -> state, ports.ticker().nanos());
  }

  @Override
  public Subscription watchGroup(
      String group, long fromRevision, String clusterId, GroupSink sink) {
    String own = state.cluster().id();
    if (!clusterId.isEmpty() && !own.isEmpty() && !clusterId.equals(own)) {
      sink.refuse(new Refusal.WrongCluster(own));
      return () -> {};
    }
    BooleanSupplier leaderKnown = () -> !leadership.hint().leaderId().isEmpty();
    return watches.openGroup(
        group, fromRevision, sink, leaderKnown, () -> state, ports.ticker().nanos());
  }

  @Override
  public Subscription leaders(Consumer<LeaderHint> listener) {
    return leadership.subscribe(listener);
  }

  @Override
  public void drain() {
    draining = true;
  }

  private static final AgentConnection CLOSED =
      new AgentConnection() {
        @Override
        public void received(FromAgent message) {}

        @Override
        public void closed() {}
      };

  private final class StreamCore implements AgentStreams.Core {
    @Override
    public ClusterState state() {
      return state;
    }

    @Override
    public LeaderHint hint() {
      return leadership.hint();
    }

    @Override
    public int driftPermille() {
      return settings.driftPermille();
    }

    @Override
    public void propose(List<Request> requests, List<ReplyTo<Outcome>> replies) {
      for (int i = 0; i < requests.size(); i++) {
        rounds.submit(requests.get(i), replies.get(i));
      }
      proposeNow();
    }

    @Override
    public void renew(Renewal renewal) {
      rounds.renew(renewal, ports.ticker().nanos());
    }

    @Override
    public void connected(long session, boolean connected) {
      notes.connected(session, connected, clock.nanos());
    }

    @Override
    public ToAgent.GroupView view(long session, String group) {
      return views.view(state, session, group);
    }

    @Override
    public void readInRound(Runnable answer, Consumer<Refusal> refuse) {
      rounds.read(answer, refuse);
    }
  }
}
