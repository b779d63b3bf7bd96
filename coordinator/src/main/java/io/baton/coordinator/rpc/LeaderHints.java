package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.View;
import io.baton.proto.v1.CoordinatorAddress;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.LeaderAddress;
import java.util.List;

/**
 * Adds to a hint what the state knows: the cluster's id, since terms of different clusters can't be
 * compared, and the addresses of all coordinators, so that agents learn of replaced ones. Core
 * thread.
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
            .setLeaderAddress(hint.apiAddress())
            .setClusterId(clusterId())
            .setRevision(LocalRead.of(api, view -> view.state().revision(), 0L));
    wire.addAllCoordinators(LocalRead.of(api, LeaderHints::coordinators, List.of()));
    return wire.build();
  }

  /** Why a stream is refused; where it names the leader, with the cluster's id. */
  ErrorDetail encode(Refusal why) {
    ErrorDetail detail = Errors.detail(why);
    if (!detail.hasLeader()) {
      return detail;
    }
    LeaderAddress leader = detail.getLeader().toBuilder().setClusterId(clusterId()).build();
    return detail.toBuilder().setLeader(leader).build();
  }

  private String clusterId() {
    return LocalRead.of(api, view -> view.state().cluster().id(), "");
  }

  private static List<CoordinatorAddress> coordinators(View view) {
    return view.state().coordinators().values().stream()
        .filter(c -> !c.retired())
        .map(c -> CoordinatorAddress.newBuilder().setId(c.id()).setAddress(c.apiAddress()).build())
        .toList();
  }
}
