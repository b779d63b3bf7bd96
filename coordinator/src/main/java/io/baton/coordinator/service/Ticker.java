package io.baton.coordinator.service;

/** Monotonic time; only differences mean anything. Any thread may ask. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary origin. */
  long nanos();
}
