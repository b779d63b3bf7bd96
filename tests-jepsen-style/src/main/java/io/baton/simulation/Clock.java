package io.baton.simulation;

/** A machine's monotonic clock: it starts anywhere and runs a little fast or slow. */
final class Clock {
  private final Scheduler scheduler;
  private final double rate;
  private long origin;

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

  /** The machine has slept for so long, and the clock with it. */
  void slept(long nanos) {
    origin -= (long) (nanos * rate);
  }
}
