package io.baton.jepsen.cluster;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What an active service does all day: asks the newest lease of each slot, and writes if it may.
 * Each write carries the time from before the lease was asked: at that instant the service could
 * believe in it. Where a group wants its active to work on while no coordinator confirms it, writes
 * go on without such a time: nothing but the fence is promised then. A thread of its own.
 */
final class Writing implements Runnable {
  private final long everyMillis;
  private final Supplier<List<Lease>> newest;
  private final RegisterClient register;

  Writing(long everyMillis, Supplier<List<Lease>> newest, RegisterClient register) {
    this.everyMillis = everyMillis;
    this.newest = newest;
    this.register = register;
  }

  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(everyMillis);
        newest.get().forEach(this::write);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Lease lease) {
    try {
      long nanos = System.nanoTime();
      if (isConfirmed(lease)) {
        register.write(lease, nanos);
      } else if (lease.isHeld()) {
        register.write(lease);
      }
    } catch (IOException unreachable) {
      System.err.println("problem: the register: " + unreachable.getMessage());
    }
  }

  private static boolean isConfirmed(Lease lease) {
    try {
      lease.assertActive();
      return true;
    } catch (NotActiveException passive) {
      // The usual answer to all but one.
      return false;
    }
  }
}
