package io.baton.simulation;

import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Promise;
import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Peer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With hold-if-peers-agree: who has promised starts nothing meanwhile, and an active relies on
 * nothing else. Both are counted in true time, from when a promise was given.
 */
final class PeersKeepTheirWord extends Invariant {
  private final Map<Life, Long> boundUntil = new HashMap<>();
  private final Map<String, Long> promisedUntil = new HashMap<>();
  private final Map<Long, List<Peer>> peers = new HashMap<>();

  /** A change that was applied for the first time anywhere. */
  void happened(HistoryEvent event, @Nullable Agreement agreement) {
    if (event.type() == HistoryEvent.Type.PEERS_ACKNOWLEDGED) {
      peers.put(
          event.epoch(),
          agreement != null && agreement.epoch() == event.epoch()
              ? agreement.acknowledged().peers()
              : List.of());
    }
  }

  /** A process has answered. */
  void answered(Life peer, Ask ask, Promise promise, World world) {
    world.covered(promise.millis() > 0 ? Case.PEER_PROMISED : Case.PEER_REFUSED);
    if (promise.millis() > 0) {
      long until = world.scheduler().now() + promise.millis() * Scheduler.MILLI;
      boundUntil.put(peer, until);
      promisedUntil.put(key(ask.epoch(), ask.peer(), ask.incarnation()), until);
    }
  }

  private static String key(long epoch, String member, String incarnation) {
    return epoch + " " + member + " " + incarnation;
  }

  /** An activity begins. */
  void started(SimAgent agent, Tenure tenure, World world) {
    if (world.withinDrift()
        && world.scheduler().now() < boundUntil.getOrDefault(agent.life(), 0L)) {
      violated(agent.id() + " starts epoch " + tenure.epoch() + ", and has promised not to");
    }
  }

  /** Whether all whom the active of that epoch is known to ask have promised so much. */
  boolean carry(long epoch, long until) {
    List<Peer> all = peers.getOrDefault(epoch, List.of());
    return !all.isEmpty()
        && all.stream()
            .allMatch(
                p ->
                    until
                        <= promisedUntil.getOrDefault(key(epoch, p.member(), p.incarnation()), 0L));
  }
}
