package io.baton.jepsen.cluster;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the roles mean to a service for trials, which is in trouble now and then. */
final class Service implements RoleListener {
  private static final int LONGEST_MILLIS = 8_000;

  private final EventPrinter events;
  private final RegisterClient register;
  private final int troublePercent;
  private volatile @Nullable Lease newest;
  private volatile @Nullable Lease held;

  Service(EventPrinter events, RegisterClient register, int troublePercent) {
    this.events = events;
    this.register = register;
    this.troublePercent = troublePercent;
  }

  /** The lease it was given last, ended or not. */
  @Nullable Lease newest() {
    return newest;
  }

  /** The lease it was given and not told to have lost. */
  @Nullable Lease held() {
    return held;
  }

  @Override
  public void onActive(Lease lease) throws IOException, InterruptedException {
    events.print(AgentEvent.Kind.ACTIVATING, lease.epoch(), Map.of());
    newest = lease;
    held = lease;
    boolean accepted = register.write(lease.epoch());
    if (isInTrouble()) {
      dawdle();
      if (ThreadLocalRandom.current().nextBoolean()) {
        throw new IOException("in trouble");
      }
    }
    events.print(
        AgentEvent.Kind.ACTIVE, lease.epoch(), Map.of("write", accepted ? "accepted" : "refused"));
  }

  @Override
  public void onPassive(Lease lease, Cause cause) throws InterruptedException {
    events.print(AgentEvent.Kind.PASSIVATING, lease.epoch(), Map.of("cause", cause.toString()));
    held = null;
    try {
      if (isInTrouble()) {
        dawdle();
      }
    } finally {
      events.print(AgentEvent.Kind.PASSIVE, lease.epoch(), Map.of("cause", cause.toString()));
    }
  }

  @Override
  public void onPassive(Cause cause) {
    throw new UnsupportedOperationException("the agent calls the form that names the lease");
  }

  private boolean isInTrouble() {
    return ThreadLocalRandom.current().nextInt(100) < troublePercent;
  }

  private static void dawdle() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
  }
}
