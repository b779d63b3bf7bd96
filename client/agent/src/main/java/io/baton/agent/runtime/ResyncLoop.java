package io.baton.agent.runtime;

import io.baton.agent.Resync;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a member's resync until it has succeeded, each time it is asked to and not at it already.
 * Guarded by itself.
 */
final class ResyncLoop implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final String group;
  private final Resync resync;
  private final Resync.Progress progress;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final LogLane log;
  private final Runnable done;
  private @Nullable Thread worker;
  private boolean busy;
  private boolean wantedAgain;
  private boolean closed;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /**
   * Does nothing before {@link #run}.
   *
   * @param done told on the resync's thread when it has succeeded
   */
  ResyncLoop(
      String group, Resync resync, Resync.Progress progress, AgentRuntime runtime, Runnable done) {
    this.group = group;
    this.resync = resync;
    this.progress = progress;
    this.timer = runtime.io();
    this.threads = runtime.observers();
    this.log = runtime.log();
    this.done = done;
  }

  /** What one that is under way brings is out of date: another has to follow. Never blocks. */
  synchronized void outdate() {
    wantedAgain = busy;
  }

  /** One is wanted. Never blocks. */
  synchronized void run() {
    if (!busy && !closed) {
      busy = true;
      begin();
    }
  }

  private void begin() {
    try {
      threads.execute(this::attempt);
    } catch (RuntimeException | Error e) {
      again("it can't be run", e);
    }
  }

  private void attempt() {
    if (!enter()) {
      return;
    }
    Throwable failure = null;
    try {
      resync.run(progress);
    } catch (Throwable e) {
      failure = e;
    }
    exit();
    if (failure == null && succeeded()) {
      done.run();
    } else if (failure != null) {
      again("it failed", failure);
    }
  }

  private synchronized boolean enter() {
    if (closed) {
      return false;
    }
    worker = Thread.currentThread();
    return true;
  }

  private synchronized void exit() {
    worker = null;
    Thread.interrupted();
  }

  /** Whether it was the last one that is wanted. */
  private synchronized boolean succeeded() {
    pauseMillis = FIRST_PAUSE_MILLIS;
    busy = wantedAgain;
    if (wantedAgain) {
      wantedAgain = false;
      begin();
      return false;
    }
    return true;
  }

  private synchronized void again(String what, Throwable failure) {
    if (closed) {
      return;
    }
    log.warn(
        "group " + group + ": resync: " + what + ", next try in " + pauseMillis + " ms", failure);
    var unused = timer.schedule(this::begin, pauseMillis, TimeUnit.MILLISECONDS);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (worker != null) {
      worker.interrupt();
    }
  }
}
