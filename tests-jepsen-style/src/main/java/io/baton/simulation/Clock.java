package io.baton.simulation;

/** A machine's monotonic clock: it starts anywhere and runs a little fast or slow. */
final class Clock {
  private final Scheduler scheduler;
  private final long origin;
  private final double rate;

  Clock(Scheduler scheduler, long origin, double rate) {
    this.scheduler = scheduler;
    this.origin = origin;
    this.rate = rate;
  }

  /** What the clock shows now. */
  long nanos() {
    return origin + (long) (scheduler.now() * rate);
  }

  /** The true time at which the clock will show {@code local}, or soon after. */
  long trueTimeOf(long local) {
    return (long) Math.ceil((local - origin) / rate) + 1;
  }
}
