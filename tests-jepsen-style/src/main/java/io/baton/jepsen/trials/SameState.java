package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.cluster.Replicas;
import io.baton.proto.v1.GetStatusResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Compares coordinators' states, and says what came of it. */
final class SameState {
  private SameState() {}

  /**
   * Blocks until these coordinators have all applied the same entry; see {@link Replicas}.
   *
   * @throws IllegalStateException not in time
   */
  static void compare(
      LocalCluster cluster, Collection<Integer> nodes, Duration patience, Transcript transcript)
      throws InterruptedException {
    List<GetStatusResponse> same = Replicas.atOneEntry(cluster, nodes, patience);
    String summary = Replicas.words(same);
    if (!Replicas.areEqual(same)) {
      transcript.broken("states differ at entry %d: %s", same.get(0).getAppliedIndex(), summary);
    }
    transcript.say(
        "  state hashes at entry %d, revision %d: %s",
        same.get(0).getAppliedIndex(), same.get(0).getRevision(), summary);
  }
}
