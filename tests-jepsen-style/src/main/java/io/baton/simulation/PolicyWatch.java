package io.baton.simulation;

import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Member;
import java.util.HashMap;
import java.util.Map;

/** Shows the invariants of policy what happens, with the spec that it happens under. */
final class PolicyWatch {
  private final PolicyIsKept orders = new PolicyIsKept();
  private final DelaysAreKept delays = new DelaysAreKept();
  private final HostsAreLeftInTurn turns = new HostsAreLeftInTurn();
  private final EnoughStayActive enough = new EnoughStayActive();
  private final Map<String, GroupSpec> specs = new HashMap<>();

  Invariant orders() {
    return orders;
  }

  Invariant delays() {
    return delays;
  }

  Invariant turns() {
    return turns;
  }

  Invariant enough() {
    return enough;
  }

  /** A leader puts a command into a round. */
  void proposed(Command command, ClusterState state, World world) {
    delays.proposed(command, state, world);
  }

  /**
   * A change that was applied for the first time anywhere.
   *
   * @param state after the round
   */
  void happened(HistoryEvent event, ClusterState state, World world) {
    Group group = state.group(event.group());
    if (group != null) {
      switch (event.type()) {
        case GROUP_CREATED, GROUP_CHANGED -> specs.put(event.group(), group.info().spec());
        default -> {}
      }
    }
    event.candidates().stream().map(Candidate::rule).forEach(world.coverage()::met);
    GroupSpec spec = specs.getOrDefault(event.group(), GroupSpec.DEFAULT);
    Member member = group == null ? null : group.member(event.member());
    String host = member == null ? "" : member.site().host();
    orders.happened(event, spec, host, world);
    turns.happened(event, host, world);
    enough.happened(event, spec, host, world);
    delays.happened(event, spec, world);
  }
}
