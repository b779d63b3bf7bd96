package io.baton.coordinator.service;

import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.RoundResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what waits into rounds, proposes them, and answers once they are applied (rules 1 to 3).
 * At most {@link #MAX_IN_FLIGHT} rounds are in flight; while they are, the next one fills, so that
 * under load rounds grow and don't multiply. A command or a read starts a round at once; renewals
 * alone wait a little for company.
 */
final class Rounds {
  private static final long NEVER = Long.MAX_VALUE;

  static final int MAX_IN_FLIGHT = 8;
  static final int MAX_OPERATIONS = 500;
  static final int MAX_BYTES = 256 * 1024;
  static final int MAX_WAITING = 20_000;

  private final UUID proposer;
  private final Log log;
  private final LongSupplier wallMillis;
  private final LinkedHashMap<RoundId, InFlight> inFlight = new LinkedHashMap<>();
  private final LinkedHashMap<Long, Renewal> renewals = new LinkedHashMap<>();
  private final List<Waiting> requests = new ArrayList<>();
  private final List<WaitingRead> reads = new ArrayList<>();
  private final SaidProgress progress = new SaidProgress();
  private long renewalsSinceNanos;
  private long lastProposedNanos;
  private long sequence;
  private long failingSince = NEVER;

  private record Waiting(Request request, ReplyTo<Outcome> reply) {}

  private record WaitingRead(Runnable answer, Consumer<Refusal> refuse) {}

  private record InFlight(long proposedNanos, List<Waiting> requests, List<WaitingRead> reads) {}

  Rounds(UUID proposer, Log log, LongSupplier wallMillis) {
    this.proposer = proposer;
    this.log = log;
    this.wallMillis = wallMillis;
  }

  /** Puts a command into the next round. */
  void submit(Request request, ReplyTo<Outcome> reply) {
    if (full()) {
      reply.refuse(new Refusal.Overloaded());
      return;
    }
    requests.add(new Waiting(request, reply));
  }

  /** Runs {@code answer} once a round proposed after this call is applied. */
  void read(Runnable answer, Consumer<Refusal> refuse) {
    if (full()) {
      refuse.accept(new Refusal.Overloaded());
      return;
    }
    reads.add(new WaitingRead(answer, refuse));
  }

  private boolean full() {
    return requests.size() + reads.size() >= MAX_WAITING;
  }

  /**
   * Puts a keepalive into the next round; a later one of the same session takes its place, and
   * keeps what only the earlier one said.
   */
  void renew(Renewal renewal, long nowNanos) {
    if (renewals.isEmpty()) {
      renewalsSinceNanos = nowNanos;
    }
    renewals.merge(
        renewal.session(),
        renewal,
        (before, after) -> SaidProgress.later(before.progress(), after));
  }

  /**
   * Proposes what waits, as far as rounds may be in flight.
   *
   * @param gatherNanos how long renewals alone may wait
   */
  void propose(long nowNanos, long gatherNanos) {
    while (inFlight.size() < MAX_IN_FLIGHT && wanted(nowNanos, gatherNanos)) {
      proposeOne(nowNanos);
    }
  }

  /** Rule 3: proposes an empty round where there was none for a lease-clock tick. */
  void proposeIfIdle(long nowNanos, long idleNanos) {
    if (inFlight.isEmpty() && nowNanos - lastProposedNanos >= idleNanos) {
      proposeOne(nowNanos);
    }
  }

  private boolean wanted(long nowNanos, long gatherNanos) {
    return !requests.isEmpty()
        || !reads.isEmpty()
        || (!renewals.isEmpty() && nowNanos - renewalsSinceNanos >= gatherNanos);
  }

  private void proposeOne(long nowNanos) {
    RoundRoom room = new RoundRoom(MAX_OPERATIONS, MAX_BYTES);
    List<Waiting> packed = take(room.without(waitingRenewals()));
    packed.forEach(w -> room.take(RequestSize.of(w.request())));
    List<Renewal> packedRenewals = takeRenewals(room);
    Round round =
        new Round(
            new RoundId(proposer, ++sequence),
            wallMillis.getAsLong(),
            packedRenewals,
            packed.stream().map(Waiting::request).toList());
    inFlight.put(round.id(), new InFlight(nowNanos, packed, List.copyOf(reads)));
    progress.sent(round.id(), packedRenewals);
    reads.clear();
    lastProposedNanos = nowNanos;
    log.propose(round);
  }

  /** Renewals keep half of a round's room, or sessions would lapse under a flood of commands. */
  private RoundRoom waitingRenewals() {
    RoundRoom half = new RoundRoom(MAX_OPERATIONS / 2, MAX_BYTES / 2);
    RoundRoom left = new RoundRoom(MAX_OPERATIONS / 2, MAX_BYTES / 2);
    for (Renewal renewal : renewals.values()) {
      int size = RequestSize.of(renewal);
      if (!left.fits(size)) {
        return half;
      }
      left.take(size);
    }
    return half.without(left);
  }

  /** The first goes whatever its size. */
  private List<Waiting> take(RoundRoom room) {
    int count = 0;
    while (count < requests.size()) {
      int size = RequestSize.of(requests.get(count).request());
      if (count > 0 && !room.fits(size)) {
        break;
      }
      room.take(size);
      count++;
    }
    List<Waiting> head = requests.subList(0, count);
    List<Waiting> packed = List.copyOf(head);
    head.clear();
    return packed;
  }

  /** Those that find no room have waited as long as the others, and are not made to wait anew. */
  private List<Renewal> takeRenewals(RoundRoom room) {
    List<Renewal> packed = new ArrayList<>();
    var next = renewals.values().iterator();
    while (next.hasNext()) {
      Renewal renewal = next.next();
      int size = RequestSize.of(renewal);
      if (!packed.isEmpty() && !room.fits(size)) {
        break;
      }
      room.take(size);
      packed.add(progress.complete(renewal));
      next.remove();
    }
    return packed;
  }

  /**
   * What waited for an applied round: its answers, in two steps, since orders go between them;
   * null: not ours.
   */
  @Nullable Answers applied(RoundResult result) {
    InFlight flight = inFlight.remove(result.round().id());
    progress.arrived(result);
    if (flight != null) {
      failingSince = NEVER;
    }
    return flight == null ? null : new Answers(flight, result);
  }

  /** The answers of one applied round. */
  static final class Answers {
    private final InFlight flight;
    private final RoundResult result;

    private Answers(InFlight flight, RoundResult result) {
      this.flight = flight;
      this.result = result;
    }

    void answerReads() {
      flight.reads().forEach(r -> r.answer().run());
    }

    void answerRequests() {
      for (int i = 0; i < flight.requests().size(); i++) {
        flight.requests().get(i).reply().answer(result.outcomes().get(i));
      }
    }
  }

  /**
   * A proposal was not taken, or nobody can tell. Reads have no effect, so they may be asked again.
   */
  void failed(RoundId id, LeaderHint hint) {
    InFlight flight = inFlight.remove(id);
    progress.failed(id);
    if (flight != null) {
      failingSince = Math.min(failingSince, flight.proposedNanos());
      refuse(flight, hint);
    }
  }

  /** Leadership is lost: what is in flight may yet happen, what waits was not tried. */
  void abandon(LeaderHint hint) {
    List<InFlight> flights = List.copyOf(inFlight.values());
    List<Waiting> untriedRequests = List.copyOf(requests);
    List<WaitingRead> untriedReads = List.copyOf(reads);
    inFlight.clear();
    failingSince = NEVER;
    requests.clear();
    reads.clear();
    renewals.clear();
    progress.clear();
    Refusal notLeader = new Refusal.NotLeader(hint);
    flights.forEach(f -> refuse(f, hint));
    untriedRequests.forEach(w -> w.reply().refuse(notLeader));
    untriedReads.forEach(r -> r.refuse().accept(notLeader));
  }

  private static void refuse(InFlight flight, LeaderHint hint) {
    flight.requests().forEach(w -> w.reply().refuse(new Refusal.OutcomeUnknown()));
    flight.reads().forEach(r -> r.refuse().accept(new Refusal.NotLeader(hint)));
  }

  /**
   * Age of the oldest round that should have been applied and was not: it is in flight, or it
   * failed and none was applied since; 0 where there is none.
   */
  long oldestUnappliedNanos(long nowNanos) {
    long since = inFlight.isEmpty() ? NEVER : inFlight.values().iterator().next().proposedNanos();
    long oldest = Math.min(since, failingSince);
    return oldest == NEVER ? 0 : nowNanos - oldest;
  }

  /**
   * When {@link #propose} should be called next for renewals that wait; far away where none do, or
   * none may go before a round in flight is applied.
   */
  long nextProposeNanos(long gatherNanos) {
    boolean full = inFlight.size() >= MAX_IN_FLIGHT;
    return renewals.isEmpty() || full ? Long.MAX_VALUE : renewalsSinceNanos + gatherNanos;
  }
}
