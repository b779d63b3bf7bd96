package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The active's process lives and renews its lease, but its service is not fit. */
final class Unhealthy {
  private static final Duration TTL = Duration.ofSeconds(5);

  /** Each trial is a failover; none waits for the one before. */
  private static final GroupSpec SPEC =
      GroupSpec.newBuilder().setFailover(FailoverPolicy.newBuilder().setCoolDownMillis(0)).build();

  /** The service's loop may stand still for 3 s, which is looked at every 750 ms. */
  private static final long HUNG_MILLIS = 3_750;

  private Unhealthy() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, 3, true),
        List.of(
            Switchover.variant(
                "unhealthy: from the check that fails to the new active's onActive",
                stage -> trial(stage, "ill")),
            new TimedExperiment.Variant(
                "hung: from the moment when the loop stands still to the new active's onActive",
                ttl -> Bounds.maximum(HUNG_MILLIS + 500),
                stage -> trial(stage, "hang"))));
  }

  private static Finding trial(Stage stage, String ailment) throws InterruptedException {
    Member ill = stage.active();
    Handover handover = new Handover(stage, ill, stage.standbys());
    int position = ill.process().position();
    long told = System.nanoTime();
    ill.process().send(ailment);
    try {
      return handover.since(
          ailment.equals("ill")
              ? ill.process().await(Kind.ILL, Stage.PATIENCE, position).nanos()
              : told);
    } finally {
      ill.process().send("well");
    }
  }
}
