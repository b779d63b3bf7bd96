package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/**
 * What belongs to the cluster as a whole.
 *
 * @param id empty until the cluster is founded
 * @param revision of the last change
 * @param compactedRevision events at or below it are gone
 * @param answersFloor a retry whose base revision is below it can't be judged any more
 * @param suspectedTerm term of the leader that last suspected itself; 0: none
 * @param pause null: the cluster is not paused
 */
public record ClusterInfo(
    String id,
    long revision,
    long compactedRevision,
    long answersFloor,
    long maxTtlMillis,
    long defaultTtlMillis,
    int featureLevel,
    long suspectedTerm,
    @Nullable Pause pause)
    implements Entity {
  static final Key KEY = new Key(Kind.CLUSTER, "", "", 0);
  static final ClusterInfo UNFOUNDED = new ClusterInfo("", 0, 0, 0, 60_000, 5_000, 1, 0, null);

  @Override
  public Key key() {
    return KEY;
  }

  ClusterInfo founded(String clusterId, long maxTtl, long defaultTtl) {
    return new ClusterInfo(
        clusterId,
        revision,
        compactedRevision,
        answersFloor,
        maxTtl,
        defaultTtl,
        featureLevel,
        suspectedTerm,
        pause);
  }

  ClusterInfo pause(@Nullable Pause next) {
    return new ClusterInfo(
        id,
        revision,
        compactedRevision,
        answersFloor,
        maxTtlMillis,
        defaultTtlMillis,
        featureLevel,
        suspectedTerm,
        next);
  }

  ClusterInfo next() {
    return with(revision + 1, compactedRevision, answersFloor, suspectedTerm);
  }

  ClusterInfo compactedAt(long floor) {
    return with(revision, floor, answersFloor, suspectedTerm);
  }

  ClusterInfo answersFrom(long floor) {
    return with(revision, compactedRevision, floor, suspectedTerm);
  }

  ClusterInfo suspectedIn(long term) {
    return with(revision, compactedRevision, answersFloor, term);
  }

  private ClusterInfo with(long nextRevision, long compacted, long floor, long suspected) {
    return new ClusterInfo(
        id,
        nextRevision,
        compacted,
        floor,
        maxTtlMillis,
        defaultTtlMillis,
        featureLevel,
        suspected,
        pause);
  }
}
