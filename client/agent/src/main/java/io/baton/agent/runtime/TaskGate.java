package io.baton.agent.runtime;

import io.baton.agent.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Ties a task that runs while active to its lease: it begins only while that is held, is
 * interrupted when that ends, and onPassive waits until it has returned. Guarded by itself.
 */
final class TaskGate {
  private @Nullable Lease lease;
  private @Nullable Thread worker;
  private boolean lost;
  private boolean claimed;

  /** Reserves the gate for the calling thread's tasks. */
  synchronized void claim(String group) {
    if (claimed) {
      throw new IllegalStateException("another thread runs while active in group " + group);
    }
    claimed = true;
  }

  synchronized void disclaim() {
    claimed = false;
  }

  /** Begins a task on this thread; false if the lease is not held now. */
  synchronized boolean enter(Lease held) {
    if (!held.isHeld()) {
      return false;
    }
    lease = held;
    worker = Thread.currentThread();
    lost = false;
    return true;
  }

  /**
   * Ends the task on this thread; true if its lease had ended before. An interrupt that came from
   * here is cleared.
   */
  synchronized boolean exit() {
    boolean ended = lost;
    lease = null;
    worker = null;
    if (ended) {
      Thread.interrupted();
    }
    notifyAll();
    return ended;
  }

  /** Whether a task is running on the calling thread. */
  synchronized boolean isWorker() {
    return worker == Thread.currentThread();
  }

  /** Interrupts the task of a lease that has ended. Doesn't wait. */
  synchronized void interrupt(Lease ended) {
    if (lease == ended && worker != null) {
      lost = true;
      worker.interrupt();
    }
  }

  /**
   * Waits until no task runs under the lease; each interrupt of the waiting thread is handed on to
   * the task, which it was meant for: onPassive, which follows, begins without one.
   */
  synchronized void awaitExit(Lease ended) {
    while (lease == ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupt(ended);
      }
    }
  }
}
