package io.baton.coordinator.raft;

import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.LogListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpcWithProxy;
import org.apache.ratis.util.LifeCycle;

/**
 * Looks after Ratis ten times a second, for what it doesn't tell or do by itself: that it has died
 * (trap 5), that no leader is known (trap 8), that a snapshot is due (trap 18), that the vote has
 * changed (trap 7); and after the core thread, which can't step down while it is stuck. What waits
 * for the disk has a thread of its own.
 */
final class LogWatch implements AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final long RESET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final RaftConfig config;
  private final RaftServer server;
  private final RaftServer.Division division;
  private final LogListener listener;
  private final Executor core;
  private final FaultHandler faults;
  private final CoreWatch coreWatch;
  private final VoteFile vote;
  private final SnapshotSchedule schedule;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, Threads.named("raft-watch"));
  private boolean leaderKnown;
  private long resetNanos = System.nanoTime();

  LogWatch(
      RatisLog log,
      RaftConfig config,
      String group,
      RaftServer server,
      RaftServer.Division division,
      LogListener listener,
      Executor core,
      FaultHandler faults) {
    this.config = config;
    this.server = server;
    this.division = division;
    this.listener = listener;
    this.core = core;
    this.faults = faults;
    this.coreWatch =
        new CoreWatch(core, config.elections().maxMillis() / TICK_MILLIS, () -> stuck(log));
    this.vote = new VoteFile(config, group);
    this.schedule = new SnapshotSchedule(log, config, group);
  }

  void start() {
    every(this::watchRatis);
    every(this::watchDirectory);
  }

  private interface Watching {
    void run() throws IOException;
  }

  private void every(Watching watching) {
    var unused =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                watching.run();
              } catch (Throwable e) {
                if (!threads.isShutdown()) {
                  throw faults.fatal("raft: the log can't be watched", e);
                }
              }
            },
            TICK_MILLIS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void watchRatis() {
    requireLife();
    watchLeader();
    coreWatch.tick();
  }

  private void watchDirectory() throws IOException {
    vote.copy();
    schedule.tick(System.nanoTime());
  }

  private void stuck(RatisLog log) {
    if (division.getInfo().isLeader()) {
      log.stepDown("the core thread is stuck");
    }
  }

  private void requireLife() {
    LifeCycle.State life = division.getInfo().getLifeCycleState();
    boolean dead = life.isClosingOrClosed() || life == LifeCycle.State.EXCEPTION;
    if ((dead || server.getLifeCycleState().isClosingOrClosed()) && !threads.isShutdown()) {
      throw faults.fatal("raft: Ratis is " + life, null);
    }
  }

  private void watchLeader() {
    boolean known = division.getInfo().getLeaderId() != null;
    if (leaderKnown && !known) {
      long term = division.getInfo().getCurrentTerm();
      core.execute(() -> forgetLeader(term));
      // The election that begins now needs its connections: most are over before the first reset.
      resetNanos = System.nanoTime();
    }
    leaderKnown = known;
    if (!known && System.nanoTime() - resetNanos >= RESET_NANOS) {
      resetNanos = System.nanoTime();
      resetConnections();
    }
  }

  /** Unless one has come meanwhile: of that the core thread has been told already, or will be. */
  private void forgetLeader(long term) {
    if (division.getInfo().getLeaderId() == null) {
      listener.leaderChanged(term, "");
    }
  }

  /** Or gRPC's back-off delays an election for up to half a minute. */
  private void resetConnections() {
    if (server.getServerRpc() instanceof RaftServerRpcWithProxy<?, ?> rpc) {
      for (RaftPeer peer : division.getRaftConf().getAllPeers()) {
        if (!peer.getId().toString().equals(config.self())) {
          rpc.getProxies().resetProxy(peer.getId());
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
