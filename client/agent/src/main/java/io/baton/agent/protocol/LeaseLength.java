package io.baton.agent.protocol;

/**
 * How long a lease lasts on this side (design §3.11): the TTL less the drift bound and the margin.
 */
final class LeaseLength {
  private static final long LEAST_DEFAULT_MARGIN = 250 * Times.MILLI;

  private final long configuredMargin;
  private int driftPermille = 10;

  /** A margin of 0 means max(250 ms, TTL / 10). */
  LeaseLength(long configuredMarginNanos) {
    this.configuredMargin = configuredMarginNanos;
  }

  void drift(int permille) {
    driftPermille = permille;
  }

  long deadline(long sentAt, long ttlMillis) {
    long ttl = ttlMillis * Times.MILLI;
    return sentAt + ttl - ttl / 1000 * driftPermille - margin(ttlMillis);
  }

  /** How long so many milliseconds of another machine's clock may take here. */
  long longest(long millis) {
    long nanos = millis * Times.MILLI;
    return nanos + nanos / 1000 * driftPermille;
  }

  long margin(long ttlMillis) {
    return configuredMargin != 0
        ? configuredMargin
        : Math.max(LEAST_DEFAULT_MARGIN, ttlMillis * Times.MILLI / 10);
  }
}
