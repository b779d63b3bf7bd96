package io.baton.simulation;

import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One coordinator's part in consensus, for one life of its process: Raft as Ratis plays it. Entries
 * are appended at once and on the disk a little later; an entry is committed when a majority has
 * synced it, and a leader counts none that its own disk has not. A candidate asks before it
 * campaigns, and needs a log as long as those of a majority.
 */
final class RaftPeer {
  private static final long ELECTION_MIN = 300 * Scheduler.MILLI;
  private static final long ELECTION_SPREAD = 300 * Scheduler.MILLI;
  private static final long HEARTBEAT = 120 * Scheduler.MILLI;

  /** Who syncs for longer than that says meanwhile that it is there. */
  private static final long SLOW_SYNC = 20 * Scheduler.MILLI;

  /** An entry of its own that is not applied, and when it was proposed. */
  private record Own(LogEntry entry, long at) {}

  private enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final SimCoordinator host;
  private final Life life;
  private final RaftLog log;
  private final Disk disk;
  private final Followers followers;
  private final Alarm election;
  private final Alarm heartbeat;
  private final Alarm disked;
  private final ArrayDeque<Own> own = new ArrayDeque<>();
  private Role role = Role.FOLLOWER;
  private @Nullable SimCoordinator leader;
  private long commit;
  private long committedAt;
  private long committedThere;
  private long verified;
  private long heardAt;
  private long ballot;
  private int votes;

  RaftPeer(World world, SimCoordinator host, RaftLog log, Disk disk, long applied) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = world.random();
    this.host = host;
    this.life = host.life();
    this.log = log;
    this.disk = disk;
    this.commit = applied;
    this.verified = applied;
    this.followers = new Followers(world.coordinatorCount(), host.index());
    this.election = new Alarm(scheduler, () -> life.run(this::electionDue));
    this.heartbeat = new Alarm(scheduler, () -> life.run(this::beat));
    this.disked = new Alarm(scheduler, () -> life.run(this::synced));
    heard();
  }

  boolean leads() {
    return role == Role.LEADER;
  }

  long term() {
    return log.term();
  }

  long commit() {
    return commit;
  }

  @Nullable SimCoordinator leader() {
    return leader;
  }

  // ------------------------------------------------------------------ messages

  private void send(SimCoordinator to, Consumer<RaftPeer> message) {
    long at = world.links().arrivalInOrder(host.index(), to.index());
    Life there = to.life();
    if (at != Links.LOST && there.alive()) {
      scheduler.at(at, () -> there.run(() -> message.accept(to.raft())));
    }
  }

  private void sendAll(Consumer<RaftPeer> message) {
    for (SimCoordinator each : world.coordinators()) {
      if (each != host) {
        send(each, message);
      }
    }
  }

  // ------------------------------------------------------------------ proposals

  /** Appends a round, or says after a while that it did not. */
  void propose(Round round) {
    if (role != Role.LEADER) {
      fail(round.id());
      return;
    }
    LogEntry entry = new LogEntry(log.term(), log.last() + 1, round);
    own.add(new Own(entry, scheduler.now()));
    append(entry);
  }

  private void append(LogEntry entry) {
    log.append(entry);
    sync();
    for (SimCoordinator each : world.coordinators()) {
      if (each != host && !silent(each)) {
        replicate(each);
      }
    }
  }

  private void fail(RoundId round) {
    long delay = (1 + random.nextInt(300)) * Scheduler.MILLI / 4;
    scheduler.after(delay, () -> life.run(() -> host.failed(round)));
  }

  // ------------------------------------------------------------------ the disk

  private long flushed() {
    return log.flushed(scheduler.now());
  }

  /** Begins to sync what is not on the disk, unless a sync is under way, and goes on after it. */
  private void sync() {
    if (flushed() < log.last() && !log.syncing()) {
      log.sync(disk.doneAt());
      if (role != Role.LEADER) {
        disked.set(log.syncedAt());
      }
    }
  }

  private void synced() {
    if (role == Role.LEADER) {
      advanceCommit();
    } else {
      commitKnown();
      acknowledge();
      sync();
    }
  }

  // ------------------------------------------------------------------ the leader

  private void replicate(SimCoordinator to) {
    int index = to.index();
    boolean silent = silent(to);
    long next = followers.next(index);
    if (next <= log.base() && !silent) {
      install(to);
      return;
    }
    long previous = Math.max(next - 1, log.base());
    List<LogEntry> entries = silent ? List.of() : log.from(next);
    followers.sent(index, next + entries.size() - 1, scheduler.now());
    long term = log.term();
    long previousTerm = log.term(previous);
    long committed = commit;
    send(to, p -> p.appended(host, term, previous, previousTerm, entries, committed));
  }

  private boolean silent(SimCoordinator peer) {
    return followers.silent(peer.index(), scheduler.now());
  }

  private void install(SimCoordinator to) {
    SimCoordinator.Snapshot snapshot = host.snapshot();
    followers.sent(to.index(), snapshot.index(), scheduler.now());
    long term = log.term();
    send(to, p -> p.installed(host, term, snapshot));
  }

  private void beat() {
    if (role != Role.LEADER) {
      return;
    }
    long now = scheduler.now();
    for (SimCoordinator each : world.coordinators()) {
      if (each != host && followers.wantsHeartbeat(each.index(), now, HEARTBEAT / 2)) {
        replicate(each);
      }
    }
    if (followers.answer(now)) {
      heartbeat.set(now + HEARTBEAT);
    } else {
      follow(log.term(), null);
    }
  }

  private void answered(SimCoordinator from, long term, boolean taken, long onDisk, long inMemory) {
    if (stale(term)) {
      return;
    }
    followers.heard(from.index(), scheduler.now());
    if (taken) {
      followers.took(from.index(), onDisk, inMemory);
      advanceCommit();
    } else {
      followers.goBack(from.index(), Math.min(inMemory, log.last()));
      replicate(from);
    }
  }

  /** Whether an answer to a leader is to be ignored; one of a later term ends the leadership. */
  private boolean stale(long term) {
    if (term > log.term()) {
      follow(term, null);
    }
    return role != Role.LEADER || term < log.term();
  }

  private void advanceCommit() {
    long others = followers.synced(flushed());
    long reached = Math.min(others, flushed());
    sync();
    if (log.syncing() && (others > reached || others == log.flushed(scheduler.now()))) {
      disked.set(log.syncedAt());
    }
    if (reached > commit && log.term(reached) == log.term()) {
      commit = reached;
      committedAt = scheduler.now();
      host.applyCommitted();
    }
  }

  /** What was applied can't fail any more. */
  void applied(long index) {
    while (!own.isEmpty() && own.peek().entry.index() <= index) {
      own.remove();
    }
  }

  // ------------------------------------------------------------------ the follower

  private void appended(
      SimCoordinator from,
      long term,
      long previous,
      long previousTerm,
      List<LogEntry> entries,
      long committed) {
    if (!obey(from, term)) {
      return;
    }
    if (!log.has(previous, previousTerm)) {
      long hint = Math.max(commit, Math.min(log.last(), previous - 1));
      long current = log.term();
      send(from, p -> p.answered(host, current, false, flushed(), hint));
      return;
    }
    entries.forEach(entry -> world.covered(Case.TAIL_OVERWRITTEN, log.take(entry)));
    verified = Math.max(verified, previous + entries.size());
    committedThere = Math.max(committedThere, committed);
    commitKnown();
    sync();
    if (entries.isEmpty() || log.syncedAt() - scheduler.now() > SLOW_SYNC) {
      acknowledge();
    }
  }

  /** Whether it is the leader of this term, or of a later one that begins hereby. */
  private boolean obey(SimCoordinator from, long term) {
    if (term < log.term()) {
      long current = log.term();
      send(from, p -> p.answered(host, current, false, 0, 0));
      return false;
    }
    if (term > log.term() || leader != from) {
      follow(term, from);
    }
    heard();
    return true;
  }

  /** Like the leader, it counts nothing that its own disk has not. */
  private void commitKnown() {
    long known = Math.min(committedThere, Math.min(verified, flushed()));
    if (known > commit) {
      commit = known;
      host.applySoon();
    }
  }

  private void acknowledge() {
    SimCoordinator to = leader;
    if (to != null && to != host) {
      long term = log.term();
      long onDisk = Math.min(flushed(), verified);
      long inMemory = verified;
      send(to, p -> p.answered(host, term, true, onDisk, inMemory));
    }
  }

  private void installed(SimCoordinator from, long term, SimCoordinator.Snapshot snapshot) {
    if (!obey(from, term)) {
      return;
    }
    if (snapshot.index() > commit) {
      log.reset(snapshot.index(), snapshot.term());
      commit = snapshot.index();
      verified = commit;
      host.install(snapshot);
    }
    acknowledge();
  }

  // ------------------------------------------------------------------ elections

  private void heard() {
    heardAt = scheduler.now();
    election.set(heardAt + ELECTION_MIN + (long) (random.nextDouble() * ELECTION_SPREAD));
  }

  private void electionDue() {
    if (role != Role.LEADER) {
      campaign(true);
    }
  }

  /** First only a question: who could not win must not disturb a leader that is well. */
  private void campaign(boolean question) {
    if (!question) {
      log.enter(log.term() + 1);
      log.vote(host.index());
      role = Role.CANDIDATE;
      lead(null);
    }
    votes = 1;
    long mine = ++ballot;
    long term = question ? log.term() + 1 : log.term();
    long last = log.last();
    long lastTerm = log.lastTerm();
    election.set(scheduler.now() + ELECTION_MIN + (long) (random.nextDouble() * ELECTION_SPREAD));
    sendAll(p -> p.asked(host, question, mine, term, last, lastTerm));
  }

  private void asked(
      SimCoordinator by, boolean question, long number, long term, long last, long lastTerm) {
    boolean upToDate =
        lastTerm > log.lastTerm() || (lastTerm == log.lastTerm() && last >= log.last());
    boolean content = role == Role.LEADER || scheduler.now() - heardAt < ELECTION_MIN;
    if (!question && term > log.term()) {
      follow(term, null);
    }
    boolean granted =
        upToDate
            && (question
                ? term > log.term() && !content
                : term == log.term() && role == Role.FOLLOWER && log.vote(by.index()));
    if (granted && !question) {
      heard();
    }
    long current = log.term();
    send(by, p -> p.voted(question, number, current, granted));
  }

  private void voted(boolean question, long number, long term, boolean granted) {
    if (term > log.term()) {
      follow(term, null);
    } else if (granted
        && number == ballot
        && role != Role.LEADER
        && ++votes == followers.majority()) {
      if (question) {
        campaign(false);
      } else {
        win();
      }
    }
  }

  private void win() {
    ballot++;
    role = Role.LEADER;
    long now = scheduler.now();
    followers.begin(log.last(), now);
    LogEntry first = new LogEntry(log.term(), log.last() + 1, null);
    host.readyAt(first.index(), log.term());
    lead(host);
    world.leaderChanged(host);
    append(first);
    heartbeat.set(now + HEARTBEAT);
  }

  /** Follows in a term, at first perhaps nobody. */
  private void follow(long term, @Nullable SimCoordinator to) {
    boolean led = role == Role.LEADER;
    if (term > log.term() || to != null) {
      verified = commit;
    }
    log.enter(term);
    role = Role.FOLLOWER;
    ballot++;
    if (led) {
      own.forEach(each -> fail(idOf(each.entry)));
      own.clear();
      heard();
    }
    lead(to);
    if (led) {
      host.renounce();
    }
  }

  private static RoundId idOf(LogEntry entry) {
    Round round = entry.round();
    if (round == null) {
      throw new IllegalStateException("nobody waits for " + entry);
    }
    return round.id();
  }

  private void lead(@Nullable SimCoordinator next) {
    if (leader != next) {
      leader = next;
      host.learnLeader(log.term(), next == null ? "" : next.id());
    }
  }

  /** Gives leadership up; the others are quicker to want it. */
  void stepDown() {
    if (role == Role.LEADER) {
      follow(log.term(), null);
      election.set(scheduler.now() + 2 * (ELECTION_MIN + ELECTION_SPREAD));
    }
  }

  /** Asks the most caught-up of the others that answer to lead. */
  void transfer() {
    SimCoordinator best = null;
    for (SimCoordinator each : world.coordinators()) {
      if (each != host && !silent(each)) {
        boolean better =
            best == null || followers.match(each.index()) > followers.match(best.index());
        best = better ? each : best;
      }
    }
    if (role == Role.LEADER && best != null) {
      send(best, RaftPeer::campaignNow);
    }
  }

  private void campaignNow() {
    if (role != Role.LEADER) {
      campaign(false);
    }
  }

  // ------------------------------------------------------------------ looks

  /** The age of the oldest round that it proposed and that was not applied; 0: there is none. */
  long oldestInFlight() {
    Own oldest = own.peek();
    return oldest == null ? 0 : scheduler.now() - oldest.at;
  }

  /** When, as a leader, it last had an answer of a majority or committed anything. */
  long lastSuccessAt() {
    return Math.max(followers.majorityHeardAt(scheduler.now()), committedAt);
  }

  LogStatus status(long applied) {
    List<LogStatus.Peer> peers = new ArrayList<>();
    for (SimCoordinator each : world.coordinators()) {
      if (each != host) {
        int index = each.index();
        long silentMillis = followers.silence(index, scheduler.now()) / Scheduler.MILLI;
        boolean leads = role == Role.LEADER;
        peers.add(
            new LogStatus.Peer(
                each.id(),
                each.id(),
                true,
                leads ? followers.match(index) : -1,
                leads ? silentMillis : -1));
      }
    }
    return new LogStatus(
        LogStatus.Role.valueOf(role.name()),
        log.term(),
        leader == null ? "" : leader.id(),
        applied,
        commit,
        flushed(),
        peers);
  }
}
