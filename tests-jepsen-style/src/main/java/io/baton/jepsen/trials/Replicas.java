package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what coordinators have applied: equal at one applied index, or something is wrong. */
final class Replicas {
  private static final Duration CALL = Duration.ofSeconds(5);

  private Replicas() {}

  /**
   * Waits until these coordinators have all applied the same entry, and compares their states'
   * hashes there. Nobody may ask the cluster for anything meanwhile, and no session may live.
   */
  static void compare(
      LocalCluster cluster, Collection<Integer> nodes, Duration patience, Transcript transcript)
      throws InterruptedException {
    List<GetStatusResponse> same =
        Await.value(
            "all of them to apply the same entry",
            patience,
            () -> statuses(cluster, nodes).filter(Replicas::atOneIndex));
    String summary =
        same.stream()
            .map(s -> s.getAnsweredBy() + " " + s.getStateHash().substring(0, 16))
            .collect(Collectors.joining(", "));
    long hashes = same.stream().map(GetStatusResponse::getStateHash).distinct().count();
    if (hashes != 1) {
      transcript.broken("states differ at entry %d: %s", same.get(0).getAppliedIndex(), summary);
    }
    transcript.say(
        "  state hashes at entry %d, revision %d: %s",
        same.get(0).getAppliedIndex(), same.get(0).getRevision(), summary);
  }

  private static boolean atOneIndex(List<GetStatusResponse> statuses) {
    return statuses.stream().map(GetStatusResponse::getAppliedIndex).distinct().count() == 1;
  }

  /** Empty where one of them does not answer, or is without a leader. */
  private static Optional<List<GetStatusResponse>> statuses(
      LocalCluster cluster, Collection<Integer> nodes) {
    List<GetStatusResponse> statuses = new ArrayList<>();
    for (int node : nodes) {
      try {
        GetStatusResponse status =
            cluster
                .admin(node, CALL)
                .getStatus(
                    GetStatusRequest.newBuilder().setLocal(true).setWithStateHash(true).build());
        if (status.getLeaderId().isEmpty()) {
          return Optional.empty();
        }
        statuses.add(status);
      } catch (StatusRuntimeException silent) {
        return Optional.empty();
      }
    }
    return Optional.of(statuses);
  }
}
