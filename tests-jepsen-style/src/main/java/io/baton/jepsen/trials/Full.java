package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.cluster.SmallDisk;
import io.baton.proto.v1.GetStatusRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A coordinator's disk runs full: first a follower's, then the leader's, slowly and at once. The
 * process must serve or be dead, and start again when there is space (design §5, rules 2 and 3).
 */
final class Full {
  private static final int DISK_MEGABYTES = 160;
  private static final long WATERMARK_BYTES = 48L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofSeconds(3);
  private static final int WATCHED_SECONDS = 8;
  private static final List<Integer> ALL = List.of(0, 1, 2);

  private final Transcript transcript;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(GLANCE).build();

  private Full(Transcript transcript) {
    this.transcript = transcript;
  }

  static Experiment experiment() {
    return (options, out) -> {
      Transcript transcript = new Transcript(out);
      new Full(transcript).run();
      return transcript.conclude("full");
    };
  }

  private void run() throws InterruptedException {
    ClusterPlan plan =
        ClusterPlan.of(3)
            .withFlags(
                "--advanced.disk-watermark=48MB",
                "--advanced.disk-floor=24MB",
                "--advanced.segment-size=1MB");
    List<SmallDisk> disks = new ArrayList<>();
    try (LocalCluster cluster = LocalCluster.prepared(plan)) {
      try {
        for (int i : ALL) {
          disks.add(SmallDisk.mount(cluster.dataDirectory(i), DISK_MEGABYTES));
        }
        cluster.startAll();
        cluster.awaitServing();
        for (boolean leader : new boolean[] {false, true}) {
          for (boolean slowly : new boolean[] {true, false}) {
            one(cluster, disks, leader, slowly);
          }
        }
      } finally {
        for (int i : ALL) {
          if (cluster.isRunning(i)) {
            cluster.kill9(i);
          }
        }
        disks.forEach(SmallDisk::close);
      }
    }
  }

  private void one(LocalCluster cluster, List<SmallDisk> disks, boolean leader, boolean slowly)
      throws InterruptedException {
    int node = (cluster.awaitLeader(PATIENCE) + (leader ? 0 : 1)) % 3;
    String what = cluster.id(node) + (leader ? ", the leader," : ", a follower,");
    transcript.say("the disk of %s runs full %s", what, slowly ? "slowly" : "at once");
    SmallDisk disk = disks.get(node);
    Map<String, Long> acknowledged;
    try (Writer writer =
        Writer.tolerant("f" + System.nanoTime() % 1_000_000, cluster.endpoints(), transcript)) {
      if (slowly) {
        disk.fillTo(WATERMARK_BYTES - (8 << 20));
        TimeUnit.SECONDS.sleep(2);
        requireServing(cluster, node, "read-only");
      }
      disk.fillTo(0);
      awaitDeathOrService(cluster, node);
      requireCluster(cluster);
      disk.empty();
      if (!cluster.isRunning(node)) {
        cluster.start(node);
      }
      try {
        cluster.awaitServing(node, PATIENCE);
      } catch (IllegalStateException dead) {
        transcript.broken(
            "%s does not start again: %s", what, LogFiles.lastLine(cluster.log(node)));
        throw dead;
      }
      int before = writer.acknowledged().size();
      Await.until("commands", PATIENCE, () -> writer.acknowledged().size() > before);
      acknowledged = writer.acknowledged();
    }
    transcript.say("  %s is back", cluster.id(node));
    SameState.compare(cluster, ALL, PATIENCE, transcript);
    check(cluster, acknowledged);
  }

  private void awaitDeathOrService(LocalCluster cluster, int node) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WATCHED_SECONDS);
    while (cluster.isRunning(node) && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    if (cluster.isRunning(node)) {
      requireServing(cluster, node, "full");
      return;
    }
    int status = cluster.terminate(node);
    String lastLine = LogFiles.lastLine(cluster.log(node));
    transcript.say("  %s ended with status %d: %s", cluster.id(node), status, lastLine);
    if (status == 0 || !lastLine.startsWith("baton: ")) {
      transcript.broken("%s ended without saying why: %d, %s", cluster.id(node), status, lastLine);
    }
  }

  /** Alive is not enough: it must answer, and lead if it says so. */
  private void requireServing(LocalCluster cluster, int node, String when)
      throws InterruptedException {
    String id = cluster.id(node);
    try {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create("http://" + cluster.httpAddress(node) + "/health"))
              .timeout(GLANCE)
              .build();
      int status = http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode();
      var local =
          cluster
              .admin(node, GLANCE)
              .getStatus(GetStatusRequest.newBuilder().setLocal(true).build());
      boolean leads = local.getLeaderId().equals(id);
      if (leads) {
        cluster.admin(node, GLANCE).getStatus(GetStatusRequest.getDefaultInstance());
      }
      transcript.say(
          "  %s (%s): /health %d, a local read%s",
          id, when, status, leads ? " and, as the leader, a linearizable one" : "");
      if (status != 200) {
        transcript.broken("%s is alive (%s) and not healthy: %d", id, when, status);
      }
    } catch (IOException | StatusRuntimeException silent) {
      if (cluster.isRunning(node)) {
        transcript.broken("%s is alive (%s) and does not serve: %s", id, when, silent);
      }
    }
  }

  private void requireCluster(LocalCluster cluster) throws InterruptedException {
    long begun = System.nanoTime();
    int leader = cluster.awaitLeader(PATIENCE);
    transcript.say(
        "  the cluster answers, led by %s (waited %.1f s)",
        cluster.id(leader), (System.nanoTime() - begun) / 1e9);
  }

  private void check(LocalCluster cluster, Map<String, Long> acknowledged) {
    try (Commands commands = new Commands(cluster.endpoints())) {
      var present = commands.groups().keySet();
      acknowledged.keySet().stream()
          .filter(group -> !present.contains(group))
          .forEach(group -> transcript.broken("%s was acknowledged and is missing", group));
    }
    transcript.say("  %d acknowledged commands looked up", acknowledged.size());
  }
}
