package io.baton.agent.runtime;

import io.baton.agent.health.Check;
import io.baton.agent.health.CheckSettings;
import io.baton.agent.health.Tally;
import io.baton.agent.health.Verdict;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again whether one thing is well. A look that outlives its timeout has failed, and
 * is interrupted; no other begins while it is still running. Guarded by itself.
 */
final class CheckLoop {
  private final Check check;
  private final CheckSettings settings;
  private final Tally tally;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final Runnable told;
  private volatile Verdict verdict;
  private @Nullable Look present;
  private boolean closed;

  /**
   * Begins at {@link #start}.
   *
   * @param timer for what never blocks
   * @param threads for looks, which do
   * @param told run after each look, on whatever thread
   */
  CheckLoop(
      String name,
      Check check,
      CheckSettings settings,
      ScheduledExecutorService timer,
      Executor threads,
      Runnable told) {
    this.check = check;
    this.settings = settings;
    this.tally = new Tally(name, settings);
    this.verdict = tally.verdict();
    this.timer = timer;
    this.threads = threads;
    this.told = told;
  }

  /** The last one; never blocks. */
  Verdict verdict() {
    return verdict;
  }

  void start() {
    begin();
  }

  /** Begins no other look, and interrupts the present one. */
  synchronized void close() {
    closed = true;
    if (present != null) {
      present.interrupt();
    }
  }

  private void begin() {
    String failure = look();
    if (failure != null) {
      judge(failure);
    }
  }

  /** Begins a look; says why it could not. */
  private synchronized @Nullable String look() {
    if (closed) {
      return null;
    }
    if (present != null) {
      return noAnswer();
    }
    Look look = new Look();
    present = look;
    try {
      threads.execute(look);
      look.alarm =
          timer.schedule(look::overdue, settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return null;
    } catch (RuntimeException | Error e) {
      present = null;
      return "it can't be run: " + e;
    }
  }

  /** Nobody is told under the lock: he may ask other loops, which tell him, too. */
  private void judge(@Nullable String failure) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (failure == null) {
        tally.succeeded();
      } else {
        tally.failed(failure);
      }
      verdict = tally.verdict();
      var unused = timer.schedule(this::begin, settings.interval().toNanos(), TimeUnit.NANOSECONDS);
    }
    told.run();
  }

  private String noAnswer() {
    return "no answer within " + settings.timeout().toMillis() + " ms";
  }

  private synchronized void ended(Look look) {
    if (present == look) {
      present = null;
    }
  }

  /** One look: judged once, when it ends or when its time is up. */
  private final class Look implements Runnable {
    private @Nullable Thread thread;
    private @Nullable ScheduledFuture<?> alarm;
    private boolean judged;

    @Override
    public void run() {
      String failure = null;
      synchronized (this) {
        thread = Thread.currentThread();
        if (judged) {
          thread.interrupt();
        }
      }
      try {
        check.run();
      } catch (Throwable e) {
        failure = text(e);
      }
      synchronized (this) {
        thread = null;
        Thread.interrupted();
      }
      ended(this);
      judgeOnce(failure);
    }

    private String text(Throwable e) {
      String message = e.getMessage();
      return message == null || message.isEmpty() ? CallbackRun.describe(e) : message;
    }

    private void overdue() {
      interrupt();
      judgeOnce(noAnswer());
    }

    private void judgeOnce(@Nullable String failure) {
      synchronized (this) {
        if (judged) {
          return;
        }
        judged = true;
      }
      ScheduledFuture<?> set = alarm;
      if (set != null) {
        set.cancel(false);
      }
      judge(failure);
    }

    synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
