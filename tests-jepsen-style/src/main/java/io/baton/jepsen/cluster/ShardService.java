package io.baton.jepsen.cluster;

import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.ShardListener;
import java.util.List;
import java.util.Map;

/** A service for trials that is shared out: it tells which slots it serves. */
final class ShardService implements ShardListener {
  private final EventPrinter events;

  ShardService(EventPrinter events) {
    this.events = events;
  }

  @Override
  public void onAssigned(List<Lease> leases) {
    events.print(AgentEvent.Kind.ASSIGNED, 0, Map.of("slots", slots(leases)));
  }

  @Override
  public void onRevoked(List<Lease> leases, Cause cause) {
    events.print(
        AgentEvent.Kind.UNASSIGNED, 0, Map.of("slots", slots(leases), "cause", cause.toString()));
  }

  private static String slots(List<Lease> leases) {
    return SlotRanges.text(leases.stream().map(Lease::slot).toList());
  }
}
