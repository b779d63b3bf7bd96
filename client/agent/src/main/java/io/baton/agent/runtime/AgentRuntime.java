package io.baton.agent.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads, connections and clock that the agents of a process share: a watchdog, two network
 * threads, two for I/O, and threads that come on demand and go when idle for callbacks and for what
 * may block, such as look-ups of names and writes to disks.
 */
public final class AgentRuntime implements AutoCloseable {
  /** How many callbacks may run at once by default. */
  public static final int DEFAULT_CALLBACK_THREADS = 32;

  private static final int IO_THREADS = 2;
  private static final int BLOCKING_THREADS = 4;
  private static final int IDLE_SECONDS = 5;

  private final AgentClock clock;
  private final LogLane log;
  private final Watchdog watchdog;
  private final ScheduledExecutorService io;
  private final ExecutorService callbacks;
  private final ExecutorService blocking;
  private final ExecutorService observers;
  private final Channels channels;
  private final LeaderWatches leaderWatches;

  /** A runtime with {@link #DEFAULT_CALLBACK_THREADS}. */
  public AgentRuntime() {
    this(DEFAULT_CALLBACK_THREADS);
  }

  /**
   * A runtime with at most that many callback threads: further callbacks wait, and count as slow
   * meanwhile. One a group is always enough.
   */
  public AgentRuntime(int callbackThreads) {
    this(callbackThreads, SuspendAwareClock.ofThisMachine());
  }

  AgentRuntime(int callbackThreads, AgentClock clock) {
    this.clock = clock;
    this.log = new LogLane(threads("baton-log"));
    this.watchdog = new Watchdog(clock, log);
    ScheduledThreadPoolExecutor scheduled =
        new ScheduledThreadPoolExecutor(IO_THREADS, threads("baton-io"));
    scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.io = scheduled;
    this.callbacks = onDemand(callbackThreads, "baton-callback");
    this.blocking = onDemand(BLOCKING_THREADS, "baton-blocking");
    this.observers = Executors.newCachedThreadPool(threads("baton-observer"));
    this.channels = new Channels(io, blocking);
    this.leaderWatches = new LeaderWatches(channels, io);
  }

  private static ExecutorService onDemand(int most, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  AgentClock clock() {
    return clock;
  }

  LogLane log() {
    return log;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  ScheduledExecutorService io() {
    return io;
  }

  ExecutorService callbacks() {
    return callbacks;
  }

  /** For what may block for long. */
  ExecutorService blocking() {
    return blocking;
  }

  /** For observers, which may block as long as they like: as many threads as are busy. */
  ExecutorService observers() {
    return observers;
  }

  Channels channels() {
    return channels;
  }

  LeaderWatches leaderWatches() {
    return leaderWatches;
  }

  /**
   * Ends its threads and connections; to be called once its agents are closed. Doesn't wait for
   * callbacks that still run.
   */
  @Override
  public void close() {
    leaderWatches.close();
    channels.close();
    watchdog.close();
    callbacks.shutdown();
    blocking.shutdown();
    observers.shutdown();
    io.shutdown();
    log.close();
  }
}
