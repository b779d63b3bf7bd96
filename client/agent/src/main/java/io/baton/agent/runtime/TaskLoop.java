package io.baton.agent.runtime;

import io.baton.agent.ActiveTask;
import io.baton.agent.Lease;
import org.jspecify.annotations.Nullable;

/** Runs a task on the calling thread under one lease after the other, until none will come. */
final class TaskLoop {
  /** Gives back the lease of a task that ended before it; does nothing if it has ended since. */
  interface Resignation {
    void resign(Lease lease, boolean failed, String detail);
  }

  private final GroupSeat seat;
  private final LogLane log;
  private final Resignation resignation;

  TaskLoop(GroupSeat seat, LogLane log, Resignation resignation) {
    this.seat = seat;
    this.log = log;
    this.resignation = resignation;
  }

  void run(String group, ActiveTask task) throws InterruptedException {
    seat.gate().claim(group);
    try {
      HeldLease lease = seat.active().awaitAfter(0);
      while (lease != null) {
        boolean begun = runUnder(lease, task);
        lease = seat.active().awaitAfter(begun ? lease.epoch() : lease.epoch() - 1);
      }
    } finally {
      seat.gate().disclaim();
    }
  }

  /** False if it did not begin: a lease that is past its deadline may be confirmed yet. */
  private boolean runUnder(HeldLease lease, ActiveTask task) throws InterruptedException {
    if (!seat.gate().enter(lease)) {
      return false;
    }
    Throwable thrown = null;
    try {
      task.run(lease);
    } catch (Throwable e) {
      thrown = e;
    }
    boolean lost = seat.gate().exit();
    if (!lost) {
      returned(lease, thrown);
    }
    return true;
  }

  /** The lease goes first: whatever else is done here may take its time. */
  private void returned(HeldLease lease, @Nullable Throwable thrown) throws InterruptedException {
    boolean interrupted = thrown instanceof InterruptedException;
    boolean failed = thrown != null && !interrupted;
    String detail = thrown == null ? "the task returned" : CallbackRun.describe(thrown);
    resignation.resign(lease, failed, detail);
    if (thrown != null && failed) {
      log.warn(lease + ": the task failed, the lease is given back: " + detail, thrown);
    }
    if (interrupted) {
      throw new InterruptedException("interrupted while active in group " + lease.group());
    }
  }
}
