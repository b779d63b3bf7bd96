package io.baton.coordinator.service;

import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so. */
final class ManualTicker implements Ticker {
  private long nanos = TimeUnit.HOURS.toNanos(1);

  @Override
  public long nanos() {
    return nanos;
  }

  void advanceMillis(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** A paused process wakes up: time has gone on without it. */
  void catchUpWith(ManualTicker other) {
    nanos = other.nanos;
  }
}
