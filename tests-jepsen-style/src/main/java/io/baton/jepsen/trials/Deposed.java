package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.Directories;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.net.Fabric;
import io.baton.jepsen.net.Proxies;
import io.baton.jepsen.workload.Acknowledgements;
import io.baton.jepsen.workload.Answer;
import io.baton.jepsen.workload.Answer.Kind;
import io.baton.jepsen.workload.DeposedLeader;
import io.baton.jepsen.workload.PinnedClient;
import io.baton.jepsen.workload.RawSession;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The leader is cut off from its peers, but not from its clients. It must confirm nothing that was
 * sent to it from then on, and nobody may read a past that was over (design §3, rules 1 to 3).
 */
final class Deposed implements Experiment {
  private static final String GROUP = "trials";
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration ELECTION = Duration.ofSeconds(20);
  private static final long READ_MILLIS = 10;
  private static final long WRITE_MILLIS = 20;
  private static final long KEEPALIVE_MILLIS = 20;
  private static final int BUSY_SECONDS = 1;
  private static final int IDLE_SECONDS = 5;
  private static final int WATCHED_SECONDS = 2;

  /** What goes on before the cut. */
  private enum Before {
    /** Reads, commands and keepalives. */
    BUSY,
    /** A session with one keepalive a second. */
    QUIET,
    /** Nothing at all: not even empty rounds. */
    SILENT;

    static Before of(int trial) {
      return trial % 2 == 0 ? BUSY : trial % 4 == 1 ? QUIET : SILENT;
    }
  }

  private final boolean localReads;

  private Deposed(boolean localReads) {
    this.localReads = localReads;
  }

  static Experiment experiment() {
    return new Deposed(false);
  }

  /** The same with reads that may be stale, to see that the trial would tell. */
  static Experiment selfCheck() {
    return (options, out) -> new Deposed(true).run(options, out) == BROKEN ? KEPT : BROKEN;
  }

  @Override
  public int run(Options options, PrintStream out) throws InterruptedException {
    Transcript transcript = new Transcript(out);
    run(options.trials(), transcript);
    return transcript.conclude("deposed");
  }

  private void run(int trials, Transcript transcript) throws InterruptedException {
    Path directory = Directories.temporary("baton-cluster.");
    try (Proxies network = new Proxies(directory);
        LocalCluster cluster = LocalCluster.started(plan(network), directory);
        Commands commands = new Commands(cluster.harnessEndpoints())) {
      commands.create(GROUP, 5_000);
      for (int trial = 0; trial < trials; trial++) {
        one(trial, cluster, network, transcript);
        if (transcript.count() > 0) {
          cluster.keepFiles();
        }
      }
    }
  }

  private static ClusterPlan plan(Fabric network) {
    return ClusterPlan.of(3).withPlacement(ids -> ids.stream().map(network::coordinator).toList());
  }

  private void one(int trial, LocalCluster cluster, Fabric network, Transcript transcript)
      throws InterruptedException {
    Before before = Before.of(trial);
    int leader = awaitAgreement(cluster);
    String id = cluster.id(leader);
    Acknowledgements acknowledgements = new Acknowledgements();
    List<PinnedClient> clients = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      clients.add(
          new PinnedClient(cluster.id(i), cluster.channel(i), GROUP, localReads, acknowledgements));
    }
    DeposedLeader judge;
    try (OpenLoop load = new OpenLoop()) {
      if (before == Before.BUSY) {
        start(load, clients);
      }
      if (before != Before.SILENT) {
        RawSession session = new RawSession(id, cluster.channel(leader), acknowledgements);
        load.every(before == Before.BUSY ? KEEPALIVE_MILLIS : 1_000, session::keepAlive);
        Await.until("a session", RECOVERY, session::isOpen);
      }
      TimeUnit.SECONDS.sleep(before == Before.BUSY ? BUSY_SECONDS : IDLE_SECONDS);

      network.partition(List.of(id), others(cluster, leader));
      long cutNanos = System.nanoTime();
      if (before != Before.BUSY) {
        start(load, clients);
      }
      RawSession late = new RawSession(id, cluster.channel(leader), acknowledgements);
      load.every(KEEPALIVE_MILLIS, late::keepAlive);
      judge = watch(id, cutNanos, acknowledgements, transcript);
      network.heal();
    }
    awaitAgreement(cluster);
    report(trial, before, judge, acknowledgements, transcript);
  }

  private static List<String> others(LocalCluster cluster, int leader) {
    return IntStream.range(0, cluster.size())
        .filter(i -> i != leader)
        .mapToObj(cluster::id)
        .toList();
  }

  private static void start(OpenLoop load, List<PinnedClient> clients) {
    for (PinnedClient client : clients) {
      load.every(READ_MILLIS, client::read);
      load.every(WRITE_MILLIS, client::write);
    }
  }

  /**
   * Until somebody else has confirmed a command, and a while more: the old leader is still asked.
   */
  private static DeposedLeader watch(
      String id, long cutNanos, Acknowledgements acknowledgements, Transcript transcript)
      throws InterruptedException {
    DeposedLeader open =
        new DeposedLeader(id, cutNanos, cutNanos + ELECTION.multipliedBy(2).toNanos());
    try {
      Await.until(
          "a successor of " + id + " to confirm a command",
          ELECTION,
          () -> open.firstCommandElsewhere(acknowledgements.answers()).isPresent());
    } catch (IllegalStateException nobody) {
      transcript.broken("no successor of %s confirmed a command within %s", id, ELECTION);
    }
    TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
    return new DeposedLeader(id, cutNanos, System.nanoTime());
  }

  private static void report(
      int trial,
      Before before,
      DeposedLeader judge,
      Acknowledgements acknowledgements,
      Transcript transcript) {
    List<Answer> answers = acknowledgements.answers();
    List<String> violations = judge.violations(answers);
    Optional<Answer> elsewhere = judge.firstCommandElsewhere(answers);
    var requests = acknowledgements.requests();
    long reads = judge.sentMeanwhile(requests, Kind.READ);
    long commands = judge.sentMeanwhile(requests, Kind.COMMAND);
    long keepalives = judge.sentMeanwhile(requests, Kind.KEEPALIVE);
    transcript.say(
        "trial %2d %-6s %s cut off; %s confirmed a command after %.0f ms; sent to %s meanwhile:"
            + " %d reads, %d commands, %d on sessions; %d answers judged, %d wrong",
        trial + 1,
        before,
        judge.leader(),
        elsewhere.map(Answer::node).orElse("nobody"),
        elsewhere.map(a -> judge.sinceCut(a.answeredNanos())).orElse(Double.NaN),
        judge.leader(),
        reads,
        commands,
        keepalives,
        answers.size(),
        violations.size());
    transcript.broken(violations);
    if (reads < 50 || commands < 20 || keepalives < 1) {
      transcript.broken("trial %d proves nothing: too little was sent", trial + 1);
    }
  }

  /** All three name the same leader, and it confirms a read. */
  private static int awaitAgreement(LocalCluster cluster) throws InterruptedException {
    return Await.value(
        "all three to name one leader",
        RECOVERY,
        () -> {
          OptionalInt leader = cluster.leader();
          if (leader.isEmpty()) {
            return Optional.empty();
          }
          for (int i = 0; i < cluster.size(); i++) {
            String named = cluster.localStatus(i).map(s -> s.getLeaderId()).orElse("");
            if (!named.equals(cluster.id(leader.getAsInt()))) {
              return Optional.empty();
            }
          }
          return Optional.of(leader.getAsInt());
        });
  }
}
