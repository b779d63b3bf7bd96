package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All coordinators are killed at the same moment under load, and started again. Nothing that was
 * acknowledged may be missing, no epoch may go back, and the agents must return by themselves.
 */
final class KillAll {
  private static final int ROUNDS = 5;
  private static final int WRITERS = 4;
  private static final int GROUPS = 6;
  private static final int AGENTS = 24;
  private static final int TTL_MILLIS = 3_000;
  private static final int LOAD_SECONDS = 4;
  private static final Duration RETURN = Duration.ofSeconds(90);

  private final Transcript transcript;

  private KillAll(Transcript transcript) {
    this.transcript = transcript;
  }

  static Experiment experiment() {
    return (options, out) -> {
      Transcript transcript = new Transcript(out);
      new KillAll(transcript).run();
      return transcript.conclude("killall");
    };
  }

  private void run() throws InterruptedException {
    try (LocalCluster cluster = LocalCluster.started(ClusterPlan.of(3));
        Commands commands = new Commands(cluster.endpoints())) {
      List<String> groups = IntStream.range(0, GROUPS).mapToObj(i -> "g" + i).toList();
      for (String group : groups) {
        commands.create(group, TTL_MILLIS);
      }
      CrowdListener listener = new CrowdListener(transcript);
      List<Writer> writers = new ArrayList<>();
      try (Crowd crowd = new Crowd()) {
        crowd.start(AGENTS, groups, cluster.endpoints(), listener);
        awaitEverybody(crowd);
        for (int i = 0; i < WRITERS; i++) {
          writers.add(new Writer("w" + i, cluster.endpoints(), transcript));
        }
        for (int round = 1; round <= ROUNDS; round++) {
          TimeUnit.SECONDS.sleep(LOAD_SECONDS);
          killAndReturn(round, cluster, crowd, writers);
          check(round, commands, listener, writers);
        }
      } finally {
        writers.forEach(Writer::close);
      }
      check(ROUNDS + 1, commands, listener, writers);
      SameState.compare(cluster, List.of(0, 1, 2), Duration.ofSeconds(30), transcript);
      if (transcript.count() > 0) {
        cluster.keepFiles();
      }
    }
  }

  private void killAndReturn(int round, LocalCluster cluster, Crowd crowd, List<Writer> writers)
      throws InterruptedException {
    int before = acknowledged(writers).size();
    List<Thread> killers =
        IntStream.range(0, cluster.size())
            .mapToObj(i -> new Thread(() -> cluster.kill9(i), "kill-" + i))
            .toList();
    killers.forEach(Thread::start);
    for (Thread killer : killers) {
      killer.join();
    }
    long dead = System.nanoTime();
    cluster.startAll();
    cluster.awaitServing();
    double served = (System.nanoTime() - dead) / 1e9;
    awaitEverybody(crowd);
    int back = acknowledged(writers).size();
    Await.until(
        "commands after the restart", RETURN, () -> acknowledged(writers).size() >= back + WRITERS);
    transcript.say(
        "round %d: killed after %d acknowledged commands; serves after %.1f s, %d agents and"
            + " %d actives are back after %.1f s",
        round, before, served, crowd.connected(), crowd.active(), (System.nanoTime() - dead) / 1e9);
  }

  private static void awaitEverybody(Crowd crowd) throws InterruptedException {
    try {
      Await.until(
          "every agent connected and every group active",
          RETURN,
          () -> crowd.connected() == crowd.size() && crowd.active() == GROUPS);
    } catch (IllegalStateException inVain) {
      throw new IllegalStateException(
          "%d of %d agents are connected, %d of %d groups active; they say %s"
              .formatted(crowd.connected(), crowd.size(), crowd.active(), GROUPS, crowd.problems()),
          inVain);
    }
  }

  /** What was acknowledged before the question must be in the answer. */
  private void check(int round, Commands commands, CrowdListener listener, List<Writer> writers) {
    Map<String, Long> acknowledged = acknowledged(writers);
    Map<String, Long> epochs = listener.newestEpochs();
    Map<String, Group> present = commands.groups();
    int missing = 0;
    for (Map.Entry<String, Long> created : acknowledged.entrySet()) {
      Group group = present.get(created.getKey());
      if (group == null || group.getCreatedRevision() != created.getValue()) {
        missing++;
        transcript.broken(
            "round %d: %s, acknowledged at revision %d, is %s",
            round,
            created.getKey(),
            created.getValue(),
            group == null ? "missing" : "of revision " + group.getCreatedRevision());
      }
    }
    epochs.forEach((group, epoch) -> checkEpoch(round, present.get(group), epoch));
    transcript.say(
        "  %d acknowledged commands looked up, %d missing; epochs %s",
        acknowledged.size(), missing, new TreeMap<>(epochs));
  }

  private void checkEpoch(int round, @Nullable Group group, long epoch) {
    if (group == null) {
      return;
    }
    for (Lease lease : group.getLeasesList()) {
      if (lease.getEpoch() < epoch) {
        transcript.broken(
            "round %d: group %s is at epoch %d, %d was granted before",
            round, group.getName(), lease.getEpoch(), epoch);
      }
    }
  }

  private static Map<String, Long> acknowledged(List<Writer> writers) {
    Map<String, Long> all = new TreeMap<>();
    writers.forEach(writer -> all.putAll(writer.acknowledged()));
    return all;
  }
}
