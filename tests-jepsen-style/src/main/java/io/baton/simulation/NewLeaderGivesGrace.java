package io.baton.simulation;

import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rule 9: a leader that has just become ready gives the living time to reconnect. */
final class NewLeaderGivesGrace extends Invariant {
  private static final double CLOCKS_DIFFER = 0.97;

  private final Map<SimCoordinator, Long> readyAt = new HashMap<>();

  void ready(SimCoordinator leader, long now) {
    readyAt.put(leader, now);
  }

  void proposed(SimCoordinator leader, Command.Expire expiry, @Nullable Group group, World world) {
    if (group == null) {
      return;
    }
    long ttl = group.info().spec().ttlMillis() * Scheduler.MILLI;
    long grace = Keepalive.grace(group.info().spec());
    long led = world.scheduler().now() - readyAt.getOrDefault(leader, 0L);
    world.covered(Case.EXPIRED_AFTER_GRACE, led < 2 * ttl);
    if (led < grace * CLOCKS_DIFFER && world.withinDrift()) {
      violated(
          leader.id()
              + " wants to expire session "
              + expiry.session()
              + " when it has led for "
              + led / Scheduler.MILLI
              + " ms");
    }
  }
}
