package io.baton.agent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one group whose onActive has returned, and those who wait for one. Guarded by
 * itself.
 */
final class ActiveLeases {
  /** Until the core, which has to end or confirm a lease past its deadline, has come to it. */
  private static final long RECHECK_MILLIS = 5;

  private final List<HeldLease> leases = new ArrayList<>();
  private boolean closed;

  synchronized void add(HeldLease lease) {
    leases.add(lease);
    notifyAll();
  }

  synchronized void remove(HeldLease lease) {
    leases.remove(lease);
  }

  /** Sends home whoever waits, now and later. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** One under which the service may work now. */
  synchronized Optional<HeldLease> held() {
    return leases.stream().filter(HeldLease::isHeld).findFirst();
  }

  /** Waits for one that is held; empty if none came in time, or none will. */
  synchronized Optional<HeldLease> await(long timeoutNanos) throws InterruptedException {
    return Optional.ofNullable(awaitAfter(0, timeoutNanos));
  }

  /** Waits for as long as it takes for one of a later epoch; null: none will come. */
  synchronized @Nullable HeldLease awaitAfter(long epoch) throws InterruptedException {
    return awaitAfter(epoch, Long.MAX_VALUE);
  }

  private synchronized @Nullable HeldLease awaitAfter(long epoch, long timeoutNanos)
      throws InterruptedException {
    long start = System.nanoTime();
    HeldLease found = heldAfter(epoch);
    while (found == null && !closed) {
      long left = timeoutNanos - (System.nanoTime() - start);
      if (left <= 0) {
        return null;
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(left) + 1;
      wait(anyAfter(epoch) ? Math.min(millis, RECHECK_MILLIS) : millis);
      found = heldAfter(epoch);
    }
    return closed ? null : found;
  }

  private @Nullable HeldLease heldAfter(long epoch) {
    for (HeldLease lease : leases) {
      if (lease.epoch() > epoch && lease.isHeld()) {
        return lease;
      }
    }
    return null;
  }

  private boolean anyAfter(long epoch) {
    return leases.stream().anyMatch(lease -> lease.epoch() > epoch);
  }
}
