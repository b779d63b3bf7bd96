package io.baton.coordinator.raft;

import java.util.concurrent.Executor;

/**
 * Notices that the core thread does nothing any more, as when it waits for a disk: it then answers
 * nobody and can't step down itself. One thread.
 *
 * <p>It counts its own ticks and not the time, so that a process that was stopped as a whole is not
 * mistaken for one whose core thread is stuck.
 */
final class CoreWatch {
  private final Executor core;
  private final long patience;
  private final Runnable stuck;
  private volatile long answered;
  private long asked;
  private long waited;

  /**
   * A watch over one thread.
   *
   * @param patience ticks that may pass without an answer
   * @param stuck called each time that they passed
   */
  CoreWatch(Executor core, long patience, Runnable stuck) {
    this.core = core;
    this.patience = patience;
    this.stuck = stuck;
  }

  void tick() {
    if (answered == asked) {
      waited = 0;
      long question = ++asked;
      core.execute(() -> answered = question);
    } else if (++waited % patience == 0) {
      stuck.run();
    }
  }
}
