package io.baton.simulation;

/** Where a run tells what happens in it. */
@FunctionalInterface
public interface Trace {
  /** Tells nothing. */
  Trace OFF = (atNanos, who, what) -> {};

  /** One thing that happened, at a true time. */
  void line(long atNanos, String who, String what);
}
