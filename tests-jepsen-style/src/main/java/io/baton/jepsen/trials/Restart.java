package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.GetStatusResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Coordinators that restart after a snapshot and a purge of the log, and one that was away for
 * longer than the log reaches back, come up with the same state as the others.
 */
final class Restart {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Integer> ALL = List.of(0, 1, 2);
  private static final int WRITERS = 8;

  private final Transcript transcript;

  private Restart(Transcript transcript) {
    this.transcript = transcript;
  }

  static Experiment experiment() {
    return (options, out) -> {
      Transcript transcript = new Transcript(out);
      new Restart(transcript).run();
      return transcript.conclude("restart");
    };
  }

  private void run() throws InterruptedException {
    ClusterPlan plan =
        ClusterPlan.of(3)
            .withFlags(
                "--advanced.snapshot-entries=200",
                "--advanced.kept-entries=100",
                "--advanced.segment-size=64KB");
    try (LocalCluster cluster = LocalCluster.started(plan)) {
      write(cluster, () -> ALL.stream().allMatch(i -> first(cluster, i) > 0));
      sayLogs(cluster);
      SameState.compare(cluster, ALL, PATIENCE, transcript);

      int leader = cluster.awaitLeader(PATIENCE);
      for (int node : List.of((leader + 1) % 3, leader)) {
        restart(cluster, node);
      }
      for (int i : ALL) {
        cluster.kill9(i);
      }
      transcript.say("all three are killed after snapshot and purge");
      cluster.startAll();
      cluster.awaitServing();
      SameState.compare(cluster, ALL, PATIENCE, transcript);

      awayForTooLong(cluster, (cluster.awaitLeader(PATIENCE) + 1) % 3);
      if (transcript.count() > 0) {
        cluster.keepFiles();
      }
    }
  }

  private void restart(LocalCluster cluster, int node) throws InterruptedException {
    cluster.kill9(node);
    cluster.start(node);
    cluster.awaitServing(node, PATIENCE);
    transcript.say("%s is killed and back", cluster.id(node));
    SameState.compare(cluster, ALL, PATIENCE, transcript);
  }

  private void awayForTooLong(LocalCluster cluster, int node) throws InterruptedException {
    long applied = cluster.localStatus(node).map(GetStatusResponse::getAppliedIndex).orElseThrow();
    cluster.kill9(node);
    List<Integer> others = ALL.stream().filter(i -> i != node).toList();
    write(cluster, () -> others.stream().allMatch(i -> first(cluster, i) > applied + 1));
    transcript.say(
        "%s was away; it had applied %d, and the others' logs begin at %d and %d",
        cluster.id(node), applied, first(cluster, others.get(0)), first(cluster, others.get(1)));
    cluster.start(node);
    cluster.awaitServing(node, PATIENCE);
    SameState.compare(cluster, ALL, PATIENCE, transcript);
    restart(cluster, node);
    sayLogs(cluster);
    if (first(cluster, node) <= applied) {
      transcript.broken("%s never had a snapshot installed: its log has no gap", cluster.id(node));
    }
  }

  /** Commands until that holds. */
  private void write(LocalCluster cluster, BooleanSupplier enough) throws InterruptedException {
    List<Writer> writers = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            new Writer(
                "w" + i + "-" + Long.toString(System.nanoTime(), 36),
                cluster.endpoints(),
                transcript));
      }
      Await.until("snapshots, and logs that are purged", PATIENCE, enough);
    } finally {
      writers.forEach(Writer::close);
    }
    transcript.say(
        "%d commands were acknowledged",
        writers.stream().mapToInt(w -> w.acknowledged().size()).sum());
  }

  private static long first(LocalCluster cluster, int node) {
    return LogFiles.firstEntry(cluster.dataDirectory(node)).orElse(0);
  }

  private void sayLogs(LocalCluster cluster) {
    for (int i : ALL) {
      transcript.say("  the log of %s begins at entry %d", cluster.id(i), first(cluster, i));
    }
  }
}
