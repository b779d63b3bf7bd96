package io.baton.agent.runtime;

import io.baton.agent.protocol.Reading;
import java.util.function.LongSupplier;

/**
 * Monotonic time that also counts what the machine slept (design §3.12). Each look reads both
 * clocks, the boot time between two monotonic readings: what boot time has gained by more than its
 * tolerance was a suspension.
 */
final class SuspendAwareClock implements AgentClock {
  private final LongSupplier monotonic;
  private final BootTime bootTime;
  private final long origin;
  private long lead;
  private long suspended;
  private int suspensions;

  SuspendAwareClock(LongSupplier monotonic, BootTime bootTime) {
    this.monotonic = monotonic;
    this.bootTime = bootTime;
    this.origin = monotonic.getAsLong();
    this.lead = Math.max(presentLead(), Math.max(presentLead(), presentLead()));
  }

  /** A pause between the two looks makes it smaller; the largest of some is right. */
  private long presentLead() {
    return bootTime.nanos() - monotonic.getAsLong();
  }

  static SuspendAwareClock ofThisMachine() {
    return new SuspendAwareClock(System::nanoTime, BootTime.ofThisMachine());
  }

  @Override
  public synchronized long nanos() {
    return look();
  }

  @Override
  public synchronized Reading reading() {
    long nanos = look();
    return new Reading(nanos, suspensions);
  }

  /**
   * The later reading bounds the gain from below, so that a pause between the readings is no
   * suspension; the earlier one bounds the lead from above, for clocks that can go back.
   */
  private long look() {
    long before = monotonic.getAsLong();
    long boot = bootTime.nanos();
    long after = monotonic.getAsLong();
    long gained = boot - after - lead;
    if (gained > bootTime.toleranceNanos()) {
      suspended += gained;
      suspensions++;
      lead += gained;
    } else if (boot - before < lead) {
      lead = boot - before;
    }
    return after - origin + suspended;
  }
}
