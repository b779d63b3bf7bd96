package io.baton.coordinator.raft;

import io.baton.coordinator.codec.CorruptDataException;
import io.baton.coordinator.codec.LogCodec;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.LogListener;
import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.service.Snapshots.Position;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.Round;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ratis sees of the state machine: entries are decoded on Ratis's updater thread, handed to
 * the core thread in their order, and acknowledged once it has applied them. Answers don't travel
 * through Ratis: {@link LogListener#applied} runs on every coordinator.
 *
 * <p>The applied index moves on the core thread and nowhere else, so that it never passes the
 * store.
 */
final class RoundMachine extends BaseStateMachine {
  private static final Logger LOG = LoggerFactory.getLogger(RoundMachine.class);

  /** A leader speaks of a snapshot several times a second until it is loaded. */
  private static final long REMIND_MILLIS = 1_000;

  /** What loads a snapshot blocks for as long as that takes. */
  private static final Executor REMINDERS =
      task -> Threads.named("raft-reminder").newThread(task).start();

  /** How long Ratis's updater may take to go on once it has loaded a snapshot. */
  private static final long SETTLE_MILLIS = 1_000;

  /** Entries handed over and not yet applied; the updater waits above that. */
  private static final int IN_FLIGHT = 64;

  private final LogListener listener;
  private final Supplier<Stream<Entity>> sessions;
  private final Snapshots snapshots;
  private final Source fetcher;
  private final Executor core;
  private final FaultHandler faults;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
  private final CheckpointStorage storage = new CheckpointStorage();
  private final AtomicLong loads = new AtomicLong();
  private volatile CompletableFuture<?> reloaded = CompletableFuture.completedFuture(null);
  private volatile boolean closing;

  /** Where a snapshot comes from that this coordinator lacks. */
  interface Source {
    /** Fetches the leader's newest, which must reach {@code least}; returns at once. */
    CompletableFuture<Position> fetch(RaftPeerProto leader, long least);
  }

  RoundMachine(
      LogListener listener,
      Supplier<Stream<Entity>> sessions,
      Snapshots snapshots,
      Source fetcher,
      Executor core,
      FaultHandler faults) {
    this.listener = listener;
    this.sessions = sessions;
    this.snapshots = snapshots;
    this.fetcher = fetcher;
    this.core = core;
    this.faults = faults;
  }

  /** From now on a close is expected. */
  void expectClose() {
    closing = true;
  }

  // ------------------------------------------------------------------ life

  @Override
  public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, groupId, raftStorage);
    // Trap 26: the store was opened at the newest snapshot, which is where Ratis replays from.
    snapshots.newest().ifPresent(position -> setLastAppliedTermIndex(termIndex(position)));
    getLifeCycle().startAndTransition(() -> {});
  }

  @Override
  public void close() {
    if (!closing) {
      throw faults.fatal(
          "raft: Ratis has closed its division; was this coordinator removed?", null);
    }
    getLifeCycle().checkStateAndClose();
  }

  // ------------------------------------------------------------------ entries

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    Round round = decode(entry);
    return handOver(
            entry.getTerm(),
            entry.getIndex(),
            () -> listener.applied(entry.getTerm(), entry.getIndex(), round))
        .thenApply(applied -> Message.EMPTY);
  }

  /** Trap 13: the index of configuration and metadata entries counts, too. */
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    var unused = handOver(term, index, () -> listener.appliedOwn(term, index));
  }

  private Round decode(LogEntryProto entry) {
    try {
      return LogCodec.decode(entry.getStateMachineLogEntry().getLogData().toByteArray());
    } catch (CorruptDataException e) {
      throw faults.fatal("raft: entry " + entry.getIndex() + " can't be read", e);
    }
  }

  private CompletableFuture<Void> handOver(long term, long index, Runnable apply) {
    inFlight.acquireUninterruptibly();
    return CompletableFuture.runAsync(
        () -> {
          try {
            apply.run();
            updateLastAppliedTermIndex(term, index);
          } catch (RuntimeException | Error e) {
            throw faults.fatal("raft: entry " + term + "/" + index + " can't be applied", e);
          } finally {
            inFlight.release();
          }
        },
        core);
  }

  // ------------------------------------------------------------------ leadership

  /** On the updater thread, after every entry of earlier terms was handed over. */
  @Override
  public void notifyLeaderReady() {
    long term = division().getInfo().getCurrentTerm();
    core.execute(() -> listener.ready(term));
    // The end of it may have been queued before its beginning, and would be lost.
    if (!division().getInfo().isLeader()) {
      core.execute(listener::notLeader);
    }
  }

  /** Under Ratis's lock: nothing here may block. */
  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    core.execute(listener::notLeader);
  }

  /** Under Ratis's lock: nothing here may block. */
  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    long term = division().getInfo().getCurrentTerm();
    core.execute(() -> listener.leaderChanged(term, leader.toString()));
  }

  // ------------------------------------------------------------------ trouble (trap 5)

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    if (!closing) {
      throw faults.fatal("raft: the log can't be written", cause);
    }
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
    if (!closing) {
      throw faults.fatal("raft: Ratis has shut down; was this coordinator removed?", null);
    }
  }

  // ------------------------------------------------------------------ snapshots

  /** On the updater thread. The core thread only freezes; the disk is waited for here. */
  @Override
  public long takeSnapshot() throws IOException {
    snapshots.flush();
    Optional<Snapshots.Draft> draft = onCore(() -> snapshots.draft(sessions.get()));
    return draft.isEmpty() ? -1 : draft.get().publish().index();
  }

  /**
   * The leader's log doesn't reach back to where this coordinator stands. Under Ratis's lock: the
   * fetching is done elsewhere, and not before the last snapshot has been loaded (trap 29).
   * Completes with the position of a snapshot that is durable, or null where none is needed since
   * the log has every entry.
   */
  @Override
  public CompletableFuture<@Nullable TermIndex> notifyInstallSnapshotFromLeader(
      RoleInfoProto role, TermIndex firstInLog) {
    if (firstInLog.getIndex() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    RaftPeerProto leader = role.getFollowerInfo().getLeaderInfo().getId();
    return reloaded
        .thenCompose(ready -> fetcher.fetch(leader, firstInLog.getIndex() - 1))
        .thenApply(
            position -> {
              remindUnlessLoaded(firstInLog);
              return termIndex(position);
            });
  }

  /** Trap 30: again and again, as the leader would. */
  private void remindUnlessLoaded(TermIndex firstInLog) {
    long before = loads.get();
    var unused =
        getServer()
            .thenAccept(
                server -> remindUnlessLoaded(new InstallReminder(division(), firstInLog), before));
  }

  private void remindUnlessLoaded(InstallReminder reminder, long loadsBefore) {
    CompletableFuture.delayedExecutor(REMIND_MILLIS, TimeUnit.MILLISECONDS, REMINDERS)
        .execute(
            () -> {
              if (closing || loads.get() != loadsBefore) {
                return;
              }
              try {
                reminder.remind();
              } catch (IOException | RuntimeException e) {
                LOG.info("a snapshot that was fetched can't be loaded yet", e);
              }
              remindUnlessLoaded(reminder, loadsBefore);
            });
  }

  /** Trap 14: the snapshot has been durable since the fetch, so there is nothing to save here. */
  @Override
  public void pause() {
    if (getLifeCycleState() != LifeCycle.State.RUNNING) {
      throw faults.fatal("raft: a snapshot came before the last one was loaded", null);
    }
    loads.incrementAndGet();
    reloaded = new CompletableFuture<>();
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** On the updater thread, which has handed over all that it will before the snapshot. */
  @Override
  public void reinitialize() throws IOException {
    onCore(
        () -> {
          ClusterState state = snapshots.reload();
          setLastAppliedTermIndex(termIndex(snapshots.newest().orElseThrow()));
          listener.stateReplaced(state);
          return null;
        });
    getLifeCycle().startAndTransition(() -> {});
    CompletableFuture<?> done = reloaded;
    CompletableFuture.delayedExecutor(SETTLE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> done.complete(null));
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  /** Shows Ratis where our snapshots stand; it never touches their files. */
  private final class CheckpointStorage implements StateMachineStorage {
    @Override
    public void init(RaftStorage raftStorage) {}

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
      return snapshots.newest().map(p -> (SnapshotInfo) new Named(termIndex(p))).orElse(null);
    }

    @Override
    public void format() {}

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {}
  }

  private record Named(TermIndex termIndex) implements SnapshotInfo {
    @Override
    public TermIndex getTermIndex() {
      return termIndex;
    }

    @Override
    public List<FileInfo> getFiles() {
      return List.of();
    }
  }

  private <T> T onCore(Callable<T> work) throws IOException {
    CompletableFuture<T> done = new CompletableFuture<>();
    core.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new IOException("on the core thread", e.getCause());
    }
  }

  private RaftServer.Division division() {
    try {
      return getServer().join().getDivision(getGroupId());
    } catch (IOException e) {
      throw new IllegalStateException("a division asks about itself", e);
    }
  }

  private static TermIndex termIndex(Position position) {
    return TermIndex.valueOf(position.term(), position.index());
  }
}
