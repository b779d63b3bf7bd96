package io.baton.agent.runtime;

import io.baton.agent.protocol.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes agents when time alone changes something: a thread of its own at the highest priority,
 * which never runs user code, does I/O or waits for a lock that is held for longer than
 * microseconds (design §3.15). It looks at the clock every 50 ms at least, since a suspension moves
 * deadlines.
 */
final class Watchdog implements AutoCloseable {
  private static final long LONGEST_SLEEP_NANOS = 50_000_000L;

  private final AgentClock clock;
  private final LogLane log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Alarm> alarms = new TreeSet<>();
  private final Thread thread;
  private int suspensions;
  private long nextId;
  private boolean closed;

  @SuppressWarnings(
      "ThreadPriorityCheck") // nothing relies on it; it helps where the platform heeds it
  Watchdog(AgentClock clock, LogLane log) {
    this.clock = clock;
    this.log = log;
    this.suspensions = clock.reading().suspensions();
    this.thread = new Thread(this::run, "baton-watchdog");
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  /** One agent's place in the order of wake-ups. */
  final class Alarm implements Comparable<Alarm> {
    private final Runnable wake;
    private final long id;
    private long at = Long.MAX_VALUE;

    private Alarm(Runnable wake, long id) {
      this.wake = wake;
      this.id = id;
    }

    /**
     * Sets the only time at which it goes off; {@code Long.MAX_VALUE}: not at all. Any thread may
     * call it.
     */
    void setTo(long agentNanos) {
      lock.lock();
      try {
        alarms.remove(this);
        at = agentNanos;
        if (at != Long.MAX_VALUE) {
          alarms.add(this);
          if (alarms.first().equals(this)) {
            changed.signal();
          }
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(id, other.id);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(id);
    }
  }

  /** Makes an alarm that is not set. {@code wake} runs on the watchdog's thread. */
  Alarm alarm(Runnable wake) {
    lock.lock();
    try {
      return new Alarm(wake, nextId++);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean open = true;
    while (open) {
      try {
        open = wakeDue();
      } catch (Throwable e) {
        log.error("the watchdog failed and goes on", e);
      }
    }
  }

  /** Wakes what is due; false once closed. */
  private boolean wakeDue() {
    List<Alarm> due = awaitDue();
    for (Alarm alarm : due) {
      try {
        alarm.wake.run();
      } catch (Throwable e) {
        log.error("an agent's core failed", e);
      }
    }
    return !due.isEmpty();
  }

  /** What is due, at least one; empty once closed. */
  private List<Alarm> awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        Reading now = clock.reading();
        List<Alarm> due = takeDue(now);
        if (!due.isEmpty()) {
          return due;
        }
        try {
          long unused = changed.awaitNanos(sleepNanos(now.nanos()));
        } catch (InterruptedException e) {
          log.warn("somebody interrupted the watchdog; it goes on");
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Alarm> takeDue(Reading now) {
    List<Alarm> due = new ArrayList<>();
    if (now.suspensions() != suspensions) {
      suspensions = now.suspensions();
      due.addAll(alarms);
      alarms.clear();
    }
    while (!alarms.isEmpty() && alarms.first().at <= now.nanos()) {
      due.add(alarms.pollFirst());
    }
    return due;
  }

  private long sleepNanos(long now) {
    return alarms.isEmpty()
        ? TimeUnit.SECONDS.toNanos(1)
        : Math.min(LONGEST_SLEEP_NANOS, alarms.first().at - now);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
