package io.baton.agent.protocol;

import java.util.random.RandomGenerator;

/**
 * Growing delays with full jitter: each is drawn between the shortest and a limit that doubles up
 * to the longest. Not thread-safe.
 */
public final class Backoff {
  private final RandomGenerator random;
  private final long shortest;
  private final long longest;
  private long limit;

  public Backoff(RandomGenerator random, long shortestNanos, long longestNanos) {
    this.random = random;
    this.shortest = shortestNanos;
    this.longest = longestNanos;
    this.limit = shortestNanos * 2;
  }

  public long next() {
    long delay = shortest + (long) (random.nextDouble() * (limit - shortest));
    limit = Math.min(longest, limit * 2);
    return delay;
  }

  public void reset() {
    limit = shortest * 2;
  }
}
