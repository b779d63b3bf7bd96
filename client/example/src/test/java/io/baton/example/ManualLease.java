package io.baton.example;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.time.Duration;

/** A lease that is valid until the test ends it. */
final class ManualLease implements Lease {
  private final long epoch;
  private volatile boolean active = true;

  ManualLease(long epoch) {
    this.epoch = epoch;
  }

  void end() {
    active = false;
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
    if (!active) {
      throw new NotActiveException("jobs", 0, epoch);
    }
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
