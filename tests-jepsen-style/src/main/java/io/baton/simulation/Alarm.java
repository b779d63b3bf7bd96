package io.baton.simulation;

/**
 * One wake-up that is moved again and again. A later one costs nothing: the earlier task finds that
 * it is not time yet and waits on.
 */
final class Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  private final Scheduler scheduler;
  private final Runnable action;
  private long due = NEVER;
  private long pending = NEVER;

  Alarm(Scheduler scheduler, Runnable action) {
    this.scheduler = scheduler;
    this.action = action;
  }

  /** Moves the wake-up; {@code Long.MAX_VALUE}: there is none. */
  void set(long time) {
    due = time;
    if (time < pending) {
      pending = Math.max(time, scheduler.now());
      long mine = pending;
      scheduler.at(mine, () -> ring(mine));
    }
  }

  /** Moves the wake-up to an earlier time, never to a later one. */
  void setEarlier(long time) {
    if (time < due) {
      set(time);
    }
  }

  private void ring(long mine) {
    if (mine != pending) {
      return;
    }
    pending = NEVER;
    if (due > scheduler.now()) {
      set(due);
    } else {
      due = NEVER;
      action.run();
    }
  }
}
