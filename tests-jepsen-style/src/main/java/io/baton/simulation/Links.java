package io.baton.simulation;

import java.util.random.RandomGenerator;

/**
 * Every directed link between nodes: whether it is cut, and how long a message takes. A cut
 * swallows what is sent meanwhile, or holds it back until the link is whole, as retransmission
 * does.
 */
final class Links {
  /** There is no arrival. */
  static final long LOST = -1;

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final long[][] cutUntil;
  private final boolean[][] holds;
  private final long[][] lastArrival;
  private boolean spikes;
  private long lagUntil;

  /** {@code spikes}: a single message may take long at any time. */
  Links(Scheduler scheduler, RandomGenerator random, int nodes, boolean spikes) {
    this.spikes = spikes;
    this.scheduler = scheduler;
    this.random = random;
    this.cutUntil = new long[nodes][nodes];
    this.holds = new boolean[nodes][nodes];
    this.lastArrival = new long[nodes][nodes];
  }

  void cut(int from, int to, long nanos, boolean hold) {
    cutUntil[from][to] = Math.max(cutUntil[from][to], scheduler.now() + nanos);
    holds[from][to] = hold;
  }

  /** For a while everything may take long. */
  void lag(long nanos) {
    lagUntil = Math.max(lagUntil, scheduler.now() + nanos);
  }

  /** Whether a single message may take long at any time. */
  boolean spikes() {
    return spikes;
  }

  /** All links are whole again, and quick. */
  void mend() {
    for (long[] row : cutUntil) {
      java.util.Arrays.fill(row, 0);
    }
    lagUntil = 0;
    spikes = false;
  }

  boolean isCut(int from, int to) {
    return scheduler.now() < cutUntil[from][to];
  }

  /** Whether one direction or the other is cut. */
  boolean cutBetween(int one, int other) {
    return isCut(one, other) || isCut(other, one);
  }

  boolean lagging() {
    return scheduler.now() < lagUntil;
  }

  /** When a message that is sent now arrives, or {@link #LOST}. */
  long arrival(int from, int to) {
    if (!isCut(from, to)) {
      return scheduler.now() + delay();
    }
    return holds[from][to] ? cutUntil[from][to] + delay() : LOST;
  }

  /** As {@link #arrival}, and never before what was sent earlier on this link. */
  long arrivalInOrder(int from, int to) {
    long at = arrival(from, to);
    if (at != LOST) {
      at = Math.max(at, lastArrival[from][to] + 1);
      lastArrival[from][to] = at;
    }
    return at;
  }

  long delay() {
    long usual = 100_000L + random.nextInt(1_000_000);
    if (scheduler.now() < lagUntil || (spikes && random.nextInt(1_000) == 0)) {
      usual += random.nextInt(600) * Scheduler.MILLI;
    }
    return usual;
  }
}
