package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.View;
import io.baton.proto.v1.CoordinatorAddress;
import java.util.List;

/**
 * Adds to a hint the addresses of all coordinators as the state knows them, so that agents learn of
 * replaced ones. Core thread.
 */
final class LeaderHints {
  private final Api api;

  LeaderHints(Api api) {
    this.api = api;
  }

  io.baton.proto.v1.LeaderHint encode(LeaderHint hint) {
    io.baton.proto.v1.LeaderHint.Builder wire =
        io.baton.proto.v1.LeaderHint.newBuilder()
            .setTerm(hint.term())
            .setLeaderId(hint.leaderId())
            .setLeaderAddress(hint.apiAddress());
    wire.addAllCoordinators(LocalRead.of(api, LeaderHints::coordinators, List.of()));
    return wire.build();
  }

  private static List<CoordinatorAddress> coordinators(View view) {
    return view.state().coordinators().values().stream()
        .filter(c -> !c.retired())
        .map(c -> CoordinatorAddress.newBuilder().setId(c.id()).setAddress(c.apiAddress()).build())
        .toList();
  }
}
