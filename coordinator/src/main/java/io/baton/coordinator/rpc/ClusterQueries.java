package io.baton.coordinator.rpc;

import io.baton.coordinator.service.LogStatus;
import io.baton.coordinator.service.View;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Pause;
import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.HelloResponse;
import io.baton.proto.v1.ListCoordinatorsResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Reads what belongs to the cluster as a whole. */
final class ClusterQueries {
  /** Takes a group's spec as a whole, and tries one without storing it. */
  private static final String WHOLE_SPECS = "whole-specs";

  /** A peer that has not answered its leader for so long counts as unreachable. */
  static final long UNREACHABLE_MILLIS = 2_000;

  private final Identity identity;
  private final LongSupplier wallMillis;
  private final Function<ClusterState, String> stateHash;

  ClusterQueries(
      Identity identity, LongSupplier wallMillis, Function<ClusterState, String> stateHash) {
    this.identity = identity;
    this.wallMillis = wallMillis;
    this.stateHash = stateHash;
  }

  long safeTtlMillis() {
    return identity.safeTtlMillis();
  }

  HelloResponse hello(View view) {
    return HelloResponse.newBuilder()
        .setClusterId(view.state().cluster().id())
        .setClusterName(identity.clusterName())
        .setCoordinatorId(identity.coordinatorId())
        .setVersion(identity.version())
        .setProtocolMin(AgentMessageCodec.PROTOCOL)
        .setProtocolMax(AgentMessageCodec.PROTOCOL)
        .addFeatures(WHOLE_SPECS)
        .setRevision(view.state().revision())
        .setLeader(Errors.leader(view.leader()))
        .build();
  }

  Function<View, GetStatusResponse> status(GetStatusRequest request) {
    return view -> status(view, request);
  }

  private GetStatusResponse status(View view, GetStatusRequest request) {
    ClusterState state = view.state();
    LogStatus log = view.log();
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setClusterName(identity.clusterName())
            .setClusterId(state.cluster().id())
            .setRevision(state.revision())
            .setTerm(log.term())
            .setLeaderId(log.leaderId())
            .setSafeTtlMillis(identity.safeTtlMillis())
            .setMaxTtlMillis(state.cluster().maxTtlMillis())
            .setAtMillis(wallMillis.getAsLong())
            .addAllCoordinators(coordinators(view))
            .setAnsweredBy(identity.coordinatorId())
            .setLocal(request.getLocal())
            .setSessions(state.sessions().size())
            .setAppliedIndex(log.appliedIndex())
            .setReadOnly(view.readOnly())
            .addAllDrainedHosts(state.hostDrains().keySet());
    Pause pause = state.cluster().pause();
    if (pause != null) {
      status.setPaused(StateCodec.noted(pause));
    }
    if (request.getWithStateHash()) {
      status.setStateHash(stateHash.apply(state));
    }
    addGroups(view, status);
    return status.build();
  }

  private void addGroups(View view, GetStatusResponse.Builder status) {
    StateCodec codec = new StateCodec(view, identity.safeTtlMillis());
    int omitted = 0;
    for (Group group : view.state().groups().values()) {
      if (status.getGroupsCount() < Checks.MAX_PAGE) {
        status.addGroups(codec.encode(group));
      }
      int room = Checks.MAX_PAGE - status.getMembersCount();
      present(group).limit(room).map(codec.members(group)).forEach(status::addMembers);
      omitted += Math.max(0, group.members().size() - room);
    }
    status.setMembersOmitted(omitted);
  }

  private static Stream<Member> present(Group group) {
    return group.members().values().stream();
  }

  ListCoordinatorsResponse listCoordinators(View view) {
    return ListCoordinatorsResponse.newBuilder()
        .setRevision(view.state().revision())
        .setTerm(view.log().term())
        .setLeaderId(view.log().leaderId())
        .addAllCoordinators(coordinators(view))
        .build();
  }

  /** Those the state has registered and those the log replicates to; normally the same. */
  List<Coordinator> coordinators(View view) {
    LogStatus log = view.log();
    Map<String, Coordinator.Builder> byId = new TreeMap<>();
    for (io.baton.coordinator.state.Coordinator known : view.state().coordinators().values()) {
      if (!known.retired()) {
        byId.put(
            known.id(),
            Coordinator.newBuilder()
                .setId(known.id())
                .setApiAddress(known.apiAddress())
                .setRaftAddress(known.raftAddress())
                .setHttpAddress(known.httpAddress())
                .setRaftRole(known.id().equals(log.leaderId()) ? "LEADER" : "UNKNOWN"));
      }
    }
    for (LogStatus.Peer peer : log.peers()) {
      Coordinator.Builder coordinator =
          byId.computeIfAbsent(peer.id(), id -> Coordinator.newBuilder().setId(id));
      coordinator.setVoter(peer.voter()).setRaftAddress(peer.raftAddress());
      if (log.role() == LogStatus.Role.LEADER) {
        coordinator
            .setRaftRole(role(peer))
            .setMatchIndex(Math.max(0, peer.matchIndex()))
            .setLastContactMillis(Math.max(0, peer.silentMillis()));
      }
    }
    Coordinator.Builder self = byId.get(identity.coordinatorId());
    if (self != null) {
      self.setRaftRole(log.role().name())
          .setMatchIndex(Math.max(0, log.flushedIndex()))
          .setVoter(log.role() != LogStatus.Role.LISTENER);
    }
    return byId.values().stream().map(Coordinator.Builder::build).toList();
  }

  private static String role(LogStatus.Peer peer) {
    if (peer.silentMillis() > UNREACHABLE_MILLIS) {
      return "UNREACHABLE";
    }
    return peer.voter() ? "FOLLOWER" : "LISTENER";
  }
}
