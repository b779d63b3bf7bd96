package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The coordinator leader is killed, or frozen. With the safe TTL no role changes, and writes go on
 * soon.
 */
final class LeaderLoss {
  /** Beyond the TTL: what the change of leader may delay. */
  private static final long WATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final Duration CALM = Duration.ofSeconds(1);

  private LeaderLoss() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.empty()),
        List.of(
            new TimedExperiment.Variant(
                "leader, kill -9: longest gap in acknowledged writes",
                ttl -> Bounds.median(1_200),
                stage -> trial(stage, stage.cluster()::kill9, leader -> {})),
            new TimedExperiment.Variant(
                "leader, SIGSTOP: longest gap in acknowledged writes",
                ttl -> Bounds.NONE,
                stage -> trial(stage, stage.cluster()::hold, stage.cluster()::releaseAll))));
  }

  /** Something done to a coordinator. */
  private interface Deed {
    void to(int coordinator);
  }

  private static Finding trial(Stage stage, Deed lose, Deed bringBack) throws InterruptedException {
    Bystanders everybody = new Bystanders(stage.members());
    int leader = stage.cluster().awaitLeader(Stage.PATIENCE);
    if (stage.status().getGroupsList().stream()
        .noneMatch(group -> group.getName().equals(AcknowledgedWrites.GROUP))) {
      stage.createGroup(AcknowledgedWrites.GROUP);
    }
    try (AcknowledgedWrites writes =
        AcknowledgedWrites.start(stage.cluster(), leader, stage.status().getRevision())) {
      Await.until("the first writes", Stage.PATIENCE, () -> writes.count() >= 20);
      long lost = System.nanoTime();
      lose.to(leader);
      long watched = lost + TimeUnit.MILLISECONDS.toNanos(stage.ttlMillis()) + WATCHED_NANOS;
      Await.until("the TTL to pass", Stage.PATIENCE, () -> System.nanoTime() - watched >= 0);
      Await.until(
          "writes after the loss", Stage.PATIENCE, () -> writes.anySince(lost + CALM.toNanos()));
      bringBack.to(leader);
      long back = System.nanoTime();
      Await.until("calm", Stage.PATIENCE, () -> System.nanoTime() - back >= CALM.toNanos());
      List<String> broken = new ArrayList<>(stage.broken());
      broken.addAll(everybody.disturbed());
      return Finding.of(writes.longestGapNanos(lost), writes.count() + " writes", broken);
    }
  }
}
