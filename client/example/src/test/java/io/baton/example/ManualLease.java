package io.baton.example;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.time.Duration;

/** A lease that is valid until the test ends it. */
final class ManualLease implements Lease {
  private final int slot;
  private final long epoch;
  private volatile boolean held = true;
  private volatile boolean confirmed = true;
  private volatile boolean broken;

  ManualLease(long epoch) {
    this(0, epoch);
  }

  ManualLease(int slot, long epoch) {
    this.slot = slot;
    this.epoch = epoch;
  }

  void end() {
    held = false;
  }

  /** From now on no coordinator confirms it, and the group's policy is to work on. */
  void loseConfirmation() {
    confirmed = false;
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
    return slot;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public void assertActive() {
    if (!isActive()) {
      throw new NotActiveException("jobs", slot, epoch);
    }
  }

  @Override
  public void assertHeld() {
    if (!isHeld()) {
      throw new NotActiveException("jobs", slot, epoch);
    }
  }

  @Override
  public boolean isHeld() {
    if (broken) {
      throw new IllegalStateException("a bug");
    }
    return held;
  }

  @Override
  public boolean isActive() {
    return isHeld() && confirmed;
  }

  @Override
  public Duration remaining() {
    return isActive() ? Duration.ofSeconds(1) : Duration.ZERO;
  }
}
