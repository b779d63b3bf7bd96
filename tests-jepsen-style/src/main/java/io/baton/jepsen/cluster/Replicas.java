package io.baton.jepsen.cluster;

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
public final class Replicas {
  private static final Duration CALL = Duration.ofSeconds(5);

  private Replicas() {}

  /**
   * Waits until these coordinators have all applied the same entry. Nobody may ask the cluster for
   * anything meanwhile, and no session may live.
   *
   * @return what each of them says there, with its state's hash
   * @throws IllegalStateException not in time
   */
  public static List<GetStatusResponse> atOneEntry(
      LocalCluster cluster, Collection<Integer> nodes, Duration patience)
      throws InterruptedException {
    return Await.value(
        "all of them to apply the same entry",
        patience,
        () -> statuses(cluster, nodes).filter(Replicas::isOneIndex));
  }

  /** Whether their states are equal. */
  public static boolean areEqual(List<GetStatusResponse> atOneEntry) {
    return atOneEntry.stream().map(GetStatusResponse::getStateHash).distinct().count() == 1;
  }

  /** Who has which state, in words. */
  public static String words(List<GetStatusResponse> atOneEntry) {
    return atOneEntry.stream()
        .map(s -> s.getAnsweredBy() + " " + s.getStateHash().substring(0, 16))
        .collect(Collectors.joining(", "));
  }

  private static boolean isOneIndex(List<GetStatusResponse> statuses) {
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
