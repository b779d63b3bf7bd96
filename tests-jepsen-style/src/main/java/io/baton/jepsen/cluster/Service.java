package io.baton.jepsen.cluster;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import io.baton.agent.ShardListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a role, or slots that are shared out, mean to a service for trials: it raises the fence of
 * each slot that it is given, and takes a while to stop. It is in trouble now and then.
 */
final class Service implements RoleListener, ShardListener {
  private static final int LONGEST_MILLIS = 8_000;

  private final EventPrinter events;
  private final RegisterClient register;
  private final long leaveMillis;
  private final int troublePercent;
  private final Map<Integer, Lease> newest = new TreeMap<>();
  private final Map<Integer, Lease> held = new TreeMap<>();
  private volatile @Nullable Lease last;

  Service(EventPrinter events, RegisterClient register, long leaveMillis, int troublePercent) {
    this.events = events;
    this.register = register;
    this.leaveMillis = leaveMillis;
    this.troublePercent = troublePercent;
  }

  /** The lease it was given last, ended or not. */
  @Nullable Lease last() {
    return last;
  }

  /** The lease it was given last of each slot, ended or not. */
  synchronized List<Lease> newest() {
    return List.copyOf(newest.values());
  }

  /** A lease that it was given and not told to have lost. */
  synchronized @Nullable Lease held() {
    return held.values().stream().findFirst().orElse(null);
  }

  private synchronized void take(Lease lease) {
    newest.put(lease.slot(), lease);
    held.put(lease.slot(), lease);
    last = lease;
  }

  private synchronized void drop(Lease lease) {
    held.remove(lease.slot());
  }

  @Override
  public void onActive(Lease lease) throws IOException, InterruptedException {
    onAssigned(List.of(lease));
  }

  @Override
  public void onAssigned(List<Lease> leases) throws IOException, InterruptedException {
    for (Lease lease : leases) {
      events.print(AgentEvent.Kind.ACTIVATING, lease, Map.of());
      take(lease);
    }
    Map<Integer, String> fences = new TreeMap<>();
    for (Lease lease : leases) {
      fences.put(lease.slot(), register.write(lease) ? "accepted" : "refused");
    }
    if (isInTrouble()) {
      dawdle();
      if (ThreadLocalRandom.current().nextBoolean()) {
        throw new IOException("in trouble");
      }
    }
    for (Lease lease : leases) {
      String write = fences.getOrDefault(lease.slot(), "");
      events.print(AgentEvent.Kind.ACTIVE, lease, Map.of("write", write));
    }
  }

  @Override
  public void onPassive(Lease lease, Cause cause) throws InterruptedException {
    onRevoked(List.of(lease), cause);
  }

  @Override
  public void onPassive(Cause cause) {
    throw new UnsupportedOperationException("the agent calls the form that names the lease");
  }

  @Override
  public void onRevoked(List<Lease> leases, Cause cause) throws InterruptedException {
    Map<String, String> why = Map.of("cause", cause.toString());
    for (Lease lease : leases) {
      events.print(AgentEvent.Kind.PASSIVATING, lease, why);
      drop(lease);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(leaveMillis);
      if (isInTrouble()) {
        dawdle();
      }
    } finally {
      leases.forEach(lease -> events.print(AgentEvent.Kind.PASSIVE, lease, why));
    }
  }

  private boolean isInTrouble() {
    return ThreadLocalRandom.current().nextInt(100) < troublePercent;
  }

  private static void dawdle() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
  }
}
