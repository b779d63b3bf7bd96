package io.baton.example;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.time.Duration;

/** A lease that is valid until the test ends it. */
final class ManualLease implements Lease {
  private final long epoch;
  private volatile boolean active = true;
  private volatile boolean broken;

  ManualLease(long epoch) {
    this.epoch = epoch;
  }

  void end() {
    active = false;
  }

  /** From now on a look at it fails in a way that nobody expects. */
  void breakLooks() {
    broken = true;
  }

  @Override
  public String group() {
    return "jobs";
  }

  @Override
  public int slot() {
    return 0;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public void assertActive() {
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    if (!active) {
      throw new NotActiveException("jobs", 0, epoch);
    }
  }

  @Override
  public void assertHeld() {
    assertActive();
  }

  @Override
  public boolean isHeld() {
    return isActive();
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  public Duration remaining() {
    return active ? Duration.ofSeconds(1) : Duration.ZERO;
  }
}
