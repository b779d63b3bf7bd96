package io.baton.jepsen.trials;

import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The active of a group that would work on without coordinators is killed while they are well.
 * Whatever the others promised it was asked for before its death, so that it is over by the time
 * when the lease has run out, unless the TTL is shorter than a promise.
 */
final class Peers {
  private static final Duration TTL = Duration.ofSeconds(3);

  /** 2 s, by a clock that is as slow as it may be. */
  private static final long PROMISE_MILLIS = 2_020;

  private static final GroupSpec SPEC =
      GroupSpec.newBuilder()
          .setFailover(
              FailoverPolicy.newBuilder()
                  .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE))
          .build();

  private Peers() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, 3, false),
        List.of(
            new TimedExperiment.Variant(
                "hold-if-peers-agree, crash: from kill -9 of the active to the standby's onActive",
                Peers::bounds,
                Crash::trial)));
  }

  private static Bounds bounds(long ttlMillis) {
    return new Bounds(
        Crash.bounds(ttlMillis).medianMillis(),
        Crash.bounds(Math.max(ttlMillis, PROMISE_MILLIS)).maximumMillis());
  }
}
