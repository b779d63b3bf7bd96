package io.baton.coordinator.service;

/**
 * What a node is told about itself and its cluster's timing.
 *
 * @param electionMillisMax longest time a follower waits before it campaigns
 * @param driftPermille by how many parts in a thousand two clocks' rates may differ, each side
 *     (design §2.1)
 */
public record NodeSettings(
    String clusterName, String coordinatorId, long electionMillisMax, int driftPermille) {
  public NodeSettings {
    if (electionMillisMax < 1 || driftPermille < 0 || driftPermille > 200) {
      throw new IllegalArgumentException("election or drift out of range");
    }
  }

  /**
   * Smallest TTL that survives the loss of a coordinator leader (design §3, defaults), rounded up
   * to 100 ms.
   */
  public long safeTtlMillis() {
    double exact = (3.0 * electionMillisMax + 600) / 0.69;
    return (long) Math.ceil(exact / 100) * 100;
  }
}
