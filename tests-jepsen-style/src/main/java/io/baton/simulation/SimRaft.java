package io.baton.simulation;

import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.state.Round;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Consensus as Raft promises it, without its messages: one growing sequence of entries that every
 * coordinator applies in order and late; at most one leader a term; what a leader proposed may be
 * lost, or committed after it has gone; a deposed leader believes in itself for a while.
 */
final class SimRaft {
  /** A committed entry; a null round is one of the log's own. */
  record Entry(long term, long index, @Nullable Round round) {}

  private record Proposal(SimCoordinator by, long term, Round round) {}

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final List<Entry> committed = new ArrayList<>();
  private final ArrayDeque<Proposal> pending = new ArrayDeque<>();
  private @Nullable SimCoordinator leader;
  private long term;
  private boolean electing;
  private long nextCommitAt;
  private long stalledUntil;

  SimRaft(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
  }

  @Nullable SimCoordinator leader() {
    return leader;
  }

  long committedIndex() {
    return committed.size();
  }

  @Nullable Entry entry(long index) {
    return index <= committed.size() ? committed.get((int) index - 1) : null;
  }

  // ------------------------------------------------------------------ proposals

  void propose(SimCoordinator by, Round round) {
    if (by != leader) {
      scheduler.after(between(500, 1_300), () -> by.failed(round.id()));
      return;
    }
    Proposal proposal = new Proposal(by, term, round);
    pending.add(proposal);
    long delay = MILLI_MIN + (long) (random.nextDouble() * COMMIT_SPREAD);
    nextCommitAt = Math.max(Math.max(nextCommitAt, stalledUntil), scheduler.now() + delay);
    scheduler.at(nextCommitAt, () -> commit(proposal));
  }

  private static final long MILLI_MIN = Scheduler.MILLI / 2;
  private static final long COMMIT_SPREAD = 4 * Scheduler.MILLI;

  private void commit(Proposal proposal) {
    if (!isNext(proposal)) {
      return;
    }
    if (!hasQuorum(proposal.by) || scheduler.now() < stalledUntil) {
      scheduler.after(20 * Scheduler.MILLI, () -> commitAll(proposal.term));
      return;
    }
    pending.remove();
    append(proposal.round);
  }

  private boolean isNext(Proposal proposal) {
    Proposal next = pending.peek();
    return proposal.term == term && next != null && next.round.id().equals(proposal.round.id());
  }

  /** After a stall, what waited is committed in order. */
  private void commitAll(long inTerm) {
    SimCoordinator current = leader;
    if (inTerm != term || current == null || pending.isEmpty()) {
      return;
    }
    if (!hasQuorum(current) || scheduler.now() < stalledUntil) {
      scheduler.after(20 * Scheduler.MILLI, () -> commitAll(inTerm));
      return;
    }
    while (!pending.isEmpty()) {
      append(pending.remove().round);
    }
  }

  private void append(@Nullable Round round) {
    committed.add(new Entry(term, committed.size() + 1L, round));
    world.coordinators().forEach(SimCoordinator::catchUp);
  }

  /** No entry is committed for a while: every disk is slow. */
  void stall(long nanos) {
    stalledUntil = Math.max(stalledUntil, scheduler.now() + nanos);
  }

  private boolean hasQuorum(SimCoordinator candidate) {
    long able = world.coordinators().stream().filter(SimCoordinator::reachable).count();
    return candidate.reachable() && able > world.coordinators().size() / 2;
  }

  // ------------------------------------------------------------------ leadership

  /** Something changed that may cost the leader its place, or make one possible. */
  void look() {
    SimCoordinator current = leader;
    if ((current == null || !hasQuorum(current)) && !electing) {
      electing = true;
      scheduler.after(between(300, 900), this::elect);
    }
  }

  private void elect() {
    electing = false;
    SimCoordinator current = leader;
    if (current != null && hasQuorum(current)) {
      return;
    }
    List<SimCoordinator> able =
        world.coordinators().stream().filter(SimCoordinator::reachable).toList();
    if (able.size() <= world.coordinators().size() / 2) {
      look();
      return;
    }
    lead(able.get(random.nextInt(able.size())));
  }

  /** The leader gives up; whoever is able is elected after a while. */
  void stepDown(SimCoordinator by) {
    if (by == leader) {
      leader = null;
      look();
    }
  }

  /** The leader is moved at once. */
  void transfer(SimCoordinator from) {
    if (from != leader) {
      return;
    }
    List<SimCoordinator> able =
        world.coordinators().stream().filter(c -> c != from && c.reachable()).toList();
    if (!able.isEmpty()) {
      lead(able.get(random.nextInt(able.size())));
    }
  }

  /** A prefix of what the old leader proposed survives; the rest never happened. */
  private void lead(SimCoordinator next) {
    SimCoordinator old = leader;
    int surviving = pending.isEmpty() ? 0 : random.nextInt(pending.size() + 1);
    for (int i = 0; i < surviving; i++) {
      append(pending.remove().round);
    }
    for (Proposal lost : pending) {
      scheduler.after(between(1, 600), () -> lost.by.failed(lost.round.id()));
    }
    pending.clear();
    term++;
    leader = next;
    if (old == next) {
      next.renounce();
    } else if (old != null) {
      depose(old);
    }
    append(null);
    long newTerm = term;
    next.readyAt(committed.size(), newTerm);
    for (SimCoordinator each : world.coordinators()) {
      scheduler.after(between(1, 50), () -> each.learnLeader(newTerm, next.id()));
    }
    world.leaderChanged();
  }

  /** How soon an old leader learns of it depends on whether it hears from the others. */
  private void depose(SimCoordinator old) {
    long delay = old.reachable() ? between(1, 40) : between(500, 1_300);
    scheduler.after(delay, old::deposed);
  }

  LogStatus status(SimCoordinator asking) {
    boolean leads = asking == leader;
    List<LogStatus.Peer> peers = new ArrayList<>();
    for (SimCoordinator each : world.coordinators()) {
      if (each != asking) {
        boolean answers = each.reachable() && asking.reachable();
        peers.add(
            new LogStatus.Peer(
                each.id(), each.id(), true, leads ? each.applied() : -1, answers ? 0 : 10_000));
      }
    }
    return new LogStatus(
        leads ? LogStatus.Role.LEADER : LogStatus.Role.FOLLOWER,
        term,
        leader == null ? "" : leader.id(),
        asking.applied(),
        committed.size(),
        committed.size(),
        peers);
  }

  private long between(long fromMillis, long toMillis) {
    return (fromMillis + (long) (random.nextDouble() * (toMillis - fromMillis))) * Scheduler.MILLI;
  }
}
