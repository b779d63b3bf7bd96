package io.baton.jepsen.trials;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a crowd of agents was told by its listeners. Thread-safe; shared by all of them. */
final class CrowdListener implements RoleListener {
  private final Map<String, Long> newestEpochs = new ConcurrentHashMap<>();
  private final Map<Cause, AtomicInteger> losses = new ConcurrentHashMap<>();
  private final Transcript transcript;

  CrowdListener(Transcript transcript) {
    this.transcript = transcript;
  }

  @Override
  public void onActive(Lease lease) {
    newestEpochs.merge(
        lease.group(),
        lease.epoch(),
        (before, now) -> {
          if (now <= before) {
            transcript.broken(
                "group %s: epoch %d was granted after epoch %d", lease.group(), now, before);
          }
          return Math.max(before, now);
        });
  }

  @Override
  public void onPassive(Cause cause) {
    losses.computeIfAbsent(cause, c -> new AtomicInteger()).incrementAndGet();
  }

  /** The newest epoch granted in each group. */
  Map<String, Long> newestEpochs() {
    return Map.copyOf(newestEpochs);
  }

  /** Counts losses from now on. */
  void forgetLosses() {
    losses.clear();
  }

  /** How often onPassive was called, by cause. */
  Map<Cause, AtomicInteger> losses() {
    return Map.copyOf(losses);
  }
}
