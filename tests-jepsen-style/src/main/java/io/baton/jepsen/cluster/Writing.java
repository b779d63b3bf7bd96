package io.baton.jepsen.cluster;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an active service does all day: asks its lease, and writes if it may. Each write carries the
 * time from before the lease was asked: at that instant the service could believe in it. A thread
 * of its own.
 */
final class Writing implements Runnable {
  private final long everyMillis;
  private final Supplier<@Nullable Lease> newest;
  private final RegisterClient register;

  Writing(long everyMillis, Supplier<@Nullable Lease> newest, RegisterClient register) {
    this.everyMillis = everyMillis;
    this.newest = newest;
    this.register = register;
  }

  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(everyMillis);
        Lease lease = newest.get();
        if (lease != null) {
          write(lease);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Lease lease) {
    try {
      long nanos = System.nanoTime();
      lease.assertActive();
      register.write(lease.epoch(), nanos);
    } catch (NotActiveException passive) {
      // The usual answer to all but one.
    } catch (IOException unreachable) {
      System.err.println("problem: the register: " + unreachable.getMessage());
    }
  }
}
