package io.baton.jepsen.torture;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which processes have had too many threads for too long. Ratis and gRPC run what comes in a burst
 * on as many threads as it takes, and keep each for a minute after its last work: that is no leak,
 * unless they stay. Pure; one thread.
 */
final class Crowds {
  /** A minute of idleness, and what may come between. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Map<Long, Long> since = new HashMap<>();

  /** Whether a process, looked at now, has been crowded all the time for too long. */
  boolean lasts(long pid, boolean crowded, long nowNanos) {
    if (!crowded) {
      since.remove(pid);
      return false;
    }
    long began = since.computeIfAbsent(pid, p -> nowNanos);
    return nowNanos - began > PATIENCE_NANOS;
  }
}
