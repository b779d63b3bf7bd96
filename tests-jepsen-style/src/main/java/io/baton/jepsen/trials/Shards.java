package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentArguments;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.AgentProcess;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.Canary;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.FencedRegister;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.trials.ShardMap.Owner;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * 1,024 slots on ten members of three weights, each a process. One is killed: its slots move and no
 * others, and all are served again in time. It comes back: no more move than its fair share. Nobody
 * is ever more than one slot off its share by weight once things have settled, and no slot is ever
 * served by two.
 */
final class Shards {
  private static final String GROUP = "shards";
  private static final int SLOTS = 1_024;
  private static final int MEMBERS = 10;
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final long COOL_DOWN_MILLIS = 2_000;
  private static final long AFTER_TTL_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalCluster cluster;
  private final FencedRegister register;
  private final PrintStream out;
  private final Map<String, Integer> weights = new TreeMap<>();
  private final Map<String, AgentProcess> members = new TreeMap<>();
  private final List<ShardMap.Life> ended = new ArrayList<>();

  private Shards(LocalCluster cluster, FencedRegister register, PrintStream out) {
    this.cluster = cluster;
    this.register = register;
    this.out = out;
  }

  static Experiment experiment() {
    return (options, out) -> {
      long ttlMillis = options.ttl().orElse(TTL).toMillis();
      try (LocalCluster cluster = LocalCluster.started(ClusterPlan.of(3));
          FencedRegister register = FencedRegister.open();
          Canary canary = Canary.start()) {
        Shards shards = new Shards(cluster, register, out);
        try {
          int status = shards.run(ttlMillis, options.trials(), canary);
          if (status == Experiment.BROKEN) {
            cluster.keepFiles();
            out.println("logs are in " + cluster.directory());
          }
          return status;
        } finally {
          shards.members.values().forEach(AgentProcess::close);
        }
      }
    };
  }

  private int run(long ttlMillis, int trials, Canary canary) throws InterruptedException {
    try (Commands commands = new Commands(cluster.endpoints())) {
      commands.create(
          GROUP,
          GroupSpec.newBuilder()
              .setMode(Mode.MODE_SHARDED)
              .setSlots(SLOTS)
              .setTtlMillis(ttlMillis)
              .setFailover(FailoverPolicy.newBuilder().setCoolDownMillis(COOL_DOWN_MILLIS))
              .build());
    }
    for (int i = 0; i < MEMBERS; i++) {
      weights.put("m" + i, 1 + i % 3);
      members.put("m" + i, start("m" + i));
    }
    awaitFair("ten members");
    out.println(
        "shards: from kill -9 of a member to the last of its slots served by another (TTL "
            + ttlMillis
            + " ms)");
    Judgement judgement = new Judgement(Bounds.maximum(ttlMillis + AFTER_TTL_MILLIS));
    for (int i = 0; i < trials && !judgement.isBroken(); i++) {
      canary.begin();
      Finding finding = trial("m" + i % MEMBERS);
      out.println(judgement.add(finding, canary.worstMillis()));
    }
    judgement.summary().forEach(out::println);
    return judgement.verdict();
  }

  private AgentProcess start(String member) {
    int weight = 1 + Integer.parseInt(member.substring(1)) % 3;
    return AgentProcess.start(
        AgentProcess.Plan.here(
            AgentArguments.shards(cluster.endpoints(), GROUP, member, register.address(), weight),
            cluster.directory()));
  }

  // ------------------------------------------------------------------ one trial

  private Finding trial(String victim) throws InterruptedException {
    List<String> broken = new ArrayList<>();
    Map<Integer, Owner> before = owners();
    int lost = ShardMap.counts(before).getOrDefault(victim, 0);
    int weight = weights.getOrDefault(victim, 1);

    long killed = kill(victim);
    Await.until("every slot to be served again", PATIENCE, () -> owners().size() == SLOTS);
    long served = owners().values().stream().mapToLong(Owner::sinceNanos).max().orElse(killed);
    TimeUnit.MILLISECONDS.sleep(COOL_DOWN_MILLIS);
    Map<Integer, Owner> without = awaitFair(victim + " gone");
    Set<Integer> moved = ShardMap.moved(before, without);
    if (moved.size() != lost) {
      broken.add("%d slots moved, and %s had %d".formatted(moved.size(), victim, lost));
    }

    weights.put(victim, weight);
    members.put(victim, start(victim));
    Map<Integer, Owner> with = awaitFair(victim + " back");
    int came = ShardMap.moved(without, with).size();
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    double share = (double) SLOTS * weight / total;
    if (came > share + 1) {
      broken.add("%d slots moved for a share of %.1f".formatted(came, share));
    }
    broken.addAll(ShardMap.overlaps(lives()));
    String note =
        "%s (weight %d): its %d slots moved; back: %d moved, its share is %.1f; off by %.2f at most"
            .formatted(victim, weight, lost, came, share, ShardMap.imbalance(with, weights));
    return Finding.of(served - killed, note, broken);
  }

  private long kill(String victim) {
    AgentProcess process = members.remove(victim);
    weights.remove(victim);
    long now = System.nanoTime();
    if (process != null) {
      process.kill9();
      ended.add(new ShardMap.Life(victim, process.events(), now));
    }
    return now;
  }

  /** Blocks until every slot is served, everybody ready, and nobody more than a slot off. */
  private Map<Integer, Owner> awaitFair(String what) throws InterruptedException {
    for (AgentProcess each : members.values()) {
      each.await(Kind.READY, PATIENCE, 0);
    }
    Supplier<Map<Integer, Owner>> look = this::owners;
    Await.until(
        what + ": all slots shared out fairly",
        PATIENCE,
        () -> {
          Map<Integer, Owner> owners = look.get();
          return owners.size() == SLOTS && ShardMap.imbalance(owners, weights) <= 1;
        });
    return owners();
  }

  private Map<Integer, Owner> owners() {
    return ShardMap.owners(lives());
  }

  private List<ShardMap.Life> lives() {
    List<ShardMap.Life> lives = new ArrayList<>(ended);
    members.forEach(
        (member, process) ->
            lives.add(new ShardMap.Life(member, process.events(), Long.MAX_VALUE)));
    return lives;
  }
}
