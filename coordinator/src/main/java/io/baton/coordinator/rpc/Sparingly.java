package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Allows what is dear to the core thread at most once in some time. Thread-safe. */
final class Sparingly {
  private final long pauseNanos;
  private final Ticker ticker;
  private final AtomicLong next;

  Sparingly(Duration pause, Ticker ticker) {
    this.pauseNanos = pause.toNanos();
    this.ticker = ticker;
    this.next = new AtomicLong(ticker.nanos());
  }

  boolean allowed() {
    long now = ticker.nanos();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + pauseNanos);
  }
}
