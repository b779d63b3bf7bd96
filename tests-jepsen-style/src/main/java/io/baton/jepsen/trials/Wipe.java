package io.baton.jepsen.trials;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A coordinator loses its disk. It must never vote again under its id, not even where its vote
 * would make a majority; removed, and added under another, it catches up (design §5, rule 6).
 */
final class Wipe {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int COMMANDS = 50;
  private static final int WATCHED_SECONDS = 5;

  private final Transcript transcript;

  private Wipe(Transcript transcript) {
    this.transcript = transcript;
  }

  static Experiment experiment() {
    return (options, out) -> {
      Transcript transcript = new Transcript(out);
      new Wipe(transcript).run();
      return transcript.conclude("wipe");
    };
  }

  private void run() throws InterruptedException {
    try (LocalCluster cluster = LocalCluster.started(ClusterPlan.of(3));
        Commands commands = new Commands(cluster.endpoints())) {
      Map<String, Long> acknowledged = new TreeMap<>();
      create(commands, "before", acknowledged);
      int wiped = (cluster.awaitLeader(PATIENCE) + 1) % 3;
      int witness = (wiped + 1) % 3;
      int absent = (wiped + 2) % 3;

      for (int i = 0; i < 3; i++) {
        cluster.kill9(i);
      }
      Directories.delete(cluster.dataDirectory(wiped));
      transcript.say(
          "%s is wiped, %s is down: the vote of %s would elect %s",
          cluster.id(wiped), cluster.id(absent), cluster.id(wiped), cluster.id(witness));
      cluster.start(witness);
      cluster.start(wiped);
      awaitRefusal(cluster, wiped);
      TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
      if (cluster.leader().isPresent()) {
        transcript.broken("%s leads without a majority", cluster.id(witness));
      }
      cluster.start(absent);
      cluster.awaitServing(witness, PATIENCE);
      cluster.awaitServing(absent, PATIENCE);
      create(commands, "without", acknowledged);
      cluster.start(wiped);
      awaitRefusal(cluster, wiped);

      int added = replace(cluster, commands, wiped);
      create(commands, "after", acknowledged);
      SameState.compare(cluster, List.of(witness, absent, added), PATIENCE, transcript);
      cluster.start(wiped);
      awaitRefusal(cluster, wiped);

      cluster.kill9(absent);
      create(commands, "with", acknowledged);
      transcript.say(
          "with %s down, %s votes and commands go on", cluster.id(absent), cluster.id(added));
      checkAll(commands, acknowledged);
      if (transcript.count() > 0) {
        cluster.keepFiles();
      }
    }
  }

  private static void create(Commands commands, String name, Map<String, Long> acknowledged) {
    for (int i = 0; i < COMMANDS; i++) {
      acknowledged.put(name + "-" + i, commands.create(name + "-" + i, 5_000));
    }
  }

  private void awaitRefusal(LocalCluster cluster, int wiped) throws InterruptedException {
    Await.until(
        cluster.id(wiped) + " to refuse its empty directory",
        PATIENCE,
        () -> !cluster.isRunning(wiped));
    int status = cluster.terminate(wiped);
    String lastLine = LogFiles.lastLine(cluster.log(wiped));
    transcript.say("  %s ended with status %d: %s", cluster.id(wiped), status, lastLine);
    if (status == 0 || !lastLine.contains("coordinator " + cluster.id(wiped))) {
      transcript.broken(
          "%s did not say why it refuses: %d, %s", cluster.id(wiped), status, lastLine);
    }
  }

  /** Returns the index of the new one. */
  private int replace(LocalCluster cluster, Commands commands, int wiped)
      throws InterruptedException {
    var left =
        commands
            .client()
            .once(
                stub ->
                    stub.removeCoordinator(
                        RemoveCoordinatorRequest.newBuilder()
                            .setId(cluster.id(wiped))
                            .setAllowShrink(true)
                            .build()));
    transcript.say("%s is removed; %d are left", cluster.id(wiped), left.getCoordinatorsCount());
    int added = cluster.plan();
    cluster.start(added);
    AddCoordinatorRequest request =
        AddCoordinatorRequest.newBuilder()
            .setId(cluster.id(added))
            .setApiAddress(cluster.apiAddress(added))
            .setHttpAddress(cluster.httpAddress(added))
            .setRaftAddress(cluster.raftAddress(added))
            .build();
    long begun = System.nanoTime();
    Await.until(cluster.id(added) + " to be added", PATIENCE, () -> isAdded(commands, request));
    cluster.awaitServing(added, PATIENCE);
    transcript.say(
        "%s is added and serves after %.1f s",
        cluster.id(added), (System.nanoTime() - begun) / 1e9);
    return added;
  }

  /** It is refused, with a clear word, until the new one can be asked for its directory. */
  private boolean isAdded(Commands commands, AddCoordinatorRequest request) {
    try {
      commands.client().once(stub -> stub.addCoordinator(request));
      return true;
    } catch (Failure refused) {
      if (refused.code() != ExitCode.PRECONDITION) {
        throw refused;
      }
      return false;
    }
  }

  private void checkAll(Commands commands, Map<String, Long> acknowledged) {
    var present = commands.groups();
    acknowledged.forEach(
        (group, revision) -> {
          if (!present.containsKey(group)
              || present.get(group).getCreatedRevision() != revision.longValue()) {
            transcript.broken("%s, acknowledged at revision %d, is missing", group, revision);
          }
        });
    transcript.say("%d acknowledged commands looked up", acknowledged.size());
  }
}
