package io.baton.agent.runtime;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import io.baton.agent.protocol.Tenure;
import java.time.Duration;

/** What the service sees of a tenure. */
final class HeldLease implements Lease {
  private final Tenure tenure;
  private final AgentClock clock;

  HeldLease(Tenure tenure, AgentClock clock) {
    this.tenure = tenure;
    this.clock = clock;
  }

  @Override
  public String group() {
    return tenure.group();
  }

  @Override
  public int slot() {
    return tenure.slot();
  }

  @Override
  public long epoch() {
    return tenure.epoch();
  }

  @Override
  public void assertActive() {
    if (!isActive()) {
      throw isHeld()
          ? NotActiveException.unconfirmed(group(), slot(), epoch())
          : new NotActiveException(group(), slot(), epoch());
    }
  }

  @Override
  public void assertHeld() {
    if (!isHeld()) {
      throw new NotActiveException(group(), slot(), epoch());
    }
  }

  /** Whether it is over for good, once it has begun; one that is not held may be confirmed yet. */
  boolean hasEnded() {
    return tenure.hasEnded();
  }

  @Override
  public boolean isHeld() {
    return tenure.isHeldAt(clock.nanos());
  }

  @Override
  public boolean isActive() {
    return tenure.isValidAt(clock.nanos());
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(tenure.remainingAt(clock.nanos()));
  }

  @Override
  public String toString() {
    return "lease of group " + group() + ", slot " + slot() + ", epoch " + epoch();
  }
}
