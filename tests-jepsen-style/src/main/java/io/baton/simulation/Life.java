package io.baton.simulation;

/**
 * One run of a program: it can be paused, and killed for good. What comes while it is paused waits,
 * in order.
 */
final class Life {
  private final Scheduler scheduler;
  private boolean alive = true;
  private long pausedUntil;

  Life(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Runs an action of this process, now or when it goes on; never once it is dead. */
  void run(Runnable action) {
    if (!alive) {
      return;
    }
    if (scheduler.now() < pausedUntil) {
      scheduler.at(pausedUntil, () -> run(action));
    } else {
      action.run();
    }
  }

  void pause(long nanos) {
    pausedUntil = Math.max(pausedUntil, scheduler.now() + nanos);
  }

  void kill() {
    alive = false;
  }

  boolean alive() {
    return alive;
  }

  boolean running() {
    return alive && scheduler.now() >= pausedUntil;
  }
}
