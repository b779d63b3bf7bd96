package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The active and the coordinator leader die, together or one 2 s after the other. */
final class Both {
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private Both() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.of(TTL)),
        List.of(
            new TimedExperiment.Variant(
                "both at once: from kill -9 of the active and of the coordinator leader to"
                    + " onActive",
                ttl -> Bounds.median(ttl + 500),
                Both::together),
            new TimedExperiment.Variant(
                "both, the active 2 s before: from kill -9 of the coordinator leader to onActive",
                ttl -> Bounds.maximum(ttl + 300),
                Both::oneAfterTheOther)));
  }

  private static Finding together(Stage stage) throws InterruptedException {
    List<Member> standbys = stage.standbys();
    int leader = stage.cluster().awaitLeader(Stage.PATIENCE);
    long killed = stage.active().kill9();
    stage.cluster().kill9(leader);
    return Finding.of(stage.awaitActivation(standbys, killed) - killed, "", stage.broken());
  }

  private static Finding oneAfterTheOther(Stage stage) throws InterruptedException {
    List<Member> standbys = stage.standbys();
    int leader = stage.cluster().awaitLeader(Stage.PATIENCE);
    long silent = stage.active().kill9();
    Await.until(
        "the silence", Stage.PATIENCE, () -> System.nanoTime() - silent >= SILENCE.toNanos());
    long killed = System.nanoTime();
    stage.cluster().kill9(leader);
    return Finding.of(stage.awaitActivation(standbys, silent) - killed, "", stage.broken());
  }
}
