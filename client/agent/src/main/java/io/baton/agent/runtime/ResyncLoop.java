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
  /** Told of each resync that has succeeded, on its own thread. */
  interface Done {
    /** What it brought is as of {@code generation}: {@link #generation()} when it began. */
    void succeeded(long generation);
  }

  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final String group;
  private final Resync resync;
  private final Resync.Progress progress;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final LogLane log;
  private final Done done;
  private @Nullable Thread worker;
  private boolean busy;
  private long generation;
  private long begunUnder;
  private boolean closed;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /** Does nothing before {@link #run}. */
  ResyncLoop(
      String group, Resync resync, Resync.Progress progress, AgentRuntime runtime, Done done) {
    this.group = group;
    this.resync = resync;
    this.progress = progress;
    this.timer = runtime.io();
    this.threads = runtime.observers();
    this.log = runtime.log();
    this.done = done;
  }

  /**
   * What was brought so far, and what one that is under way brings, is out of date: another has to
   * follow. Never blocks.
   */
  synchronized void outdate() {
    generation++;
  }

  /** How often what was brought has become out of date; that of another generation is of no use. */
  synchronized long generation() {
    return generation;
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
    if (failure == null) {
      succeeded();
    } else {
      again("it failed", failure);
    }
  }

  private synchronized boolean enter() {
    if (closed) {
      return false;
    }
    worker = Thread.currentThread();
    begunUnder = generation;
    return true;
  }

  private synchronized void exit() {
    worker = null;
    Thread.interrupted();
  }

  /** Begins anew at once if it is out of date. What becomes so later is for who is told to see. */
  private void succeeded() {
    long began;
    synchronized (this) {
      pauseMillis = FIRST_PAUSE_MILLIS;
      began = begunUnder;
      busy = began != generation;
      if (busy) {
        begin();
        return;
      }
    }
    done.succeeded(began);
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
