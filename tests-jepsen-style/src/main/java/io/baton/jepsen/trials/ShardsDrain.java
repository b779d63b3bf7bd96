package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import io.baton.jepsen.cluster.Await;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * 64 slots on four members, one of which is drained: its slots move, four at a time, and no others;
 * undrained it gets its share back, and no more.
 */
final class ShardsDrain {
  private static final Duration TTL = Duration.ofSeconds(5);
  private static final int MEMBERS = 4;
  private static final int SLOTS = 64;
  private static final int SHARE = SLOTS / MEMBERS;
  private static final int MAX_MOVES = 4;

  /**
   * Each move is a switchover of its own, and a place on the move is free again when the next
   * holder has said that it is active: so many switchovers, one after the other.
   */
  private static final int WAVES = SHARE / MAX_MOVES;

  private static final Bounds BOUNDS =
      Bounds.median(WAVES * (Switchover.BOUNDS.medianMillis() + Stage.LEAVE_MILLIS));

  private static final GroupSpec SPEC =
      GroupSpec.newBuilder()
          .setMode(Mode.MODE_SHARDED)
          .setSlots(SLOTS)
          .setMaxMoves(MAX_MOVES)
          .build();

  private ShardsDrain() {}

  static Experiment experiment() {
    return new TimedExperiment(
        new Setting(Optional.of(TTL), SPEC, MEMBERS, true),
        List.of(
            new TimedExperiment.Variant(
                "shards, drain of a member: from the command to onAssigned of its last slot",
                ttl -> BOUNDS,
                Switchover.WARM_UPS,
                ShardsDrain::trial)));
  }

  private static Finding trial(Stage stage) throws InterruptedException {
    Member drained = stage.active();
    List<Member> others = stage.members().stream().filter(m -> m != drained).toList();
    Map<Integer, String> before = owners(stage.members());
    Set<Integer> its = drained.process().serving().keySet();
    DrainRequest what = Operator.member(drained);
    Runnable undrain = stage.operator().undrain(what);
    Runnable drain = stage.operator().drain(what);

    List<String> broken = new ArrayList<>();
    long asked = System.nanoTime();
    drain.run();
    Map<Integer, String> without;
    long served;
    try {
      Await.until(
          "every slot to be served by another",
          Stage.PATIENCE,
          () -> owners(others).size() == SLOTS);
      served = lastAssigned(others, asked);
      without = owners(stage.members());
      if (!moved(before, without).equals(its)) {
        broken.add("%s moved, and %s had %s".formatted(moved(before, without), drained.id(), its));
      }
    } finally {
      undrain.run();
    }

    stage.settle();
    int back = moved(without, owners(stage.members())).size();
    if (back > SHARE) {
      broken.add("%d slots moved back for a share of %d".formatted(back, SHARE));
    }
    broken.addAll(HandoverOrder.brokenIn(stage.lives(), asked));
    broken.addAll(stage.broken());
    return Finding.of(
        served - asked, "%d slots moved, %d back".formatted(its.size(), back), broken);
  }

  private static long lastAssigned(List<Member> members, long sinceNanos) {
    return members.stream()
        .flatMap(m -> m.process().events().stream())
        .filter(e -> e.kind() == Kind.ACTIVATING && e.nanos() > sinceNanos)
        .mapToLong(AgentEvent::nanos)
        .max()
        .orElse(sinceNanos);
  }

  private static Map<Integer, String> owners(List<Member> members) {
    Map<Integer, String> owners = new TreeMap<>();
    members.forEach(m -> m.process().serving().keySet().forEach(slot -> owners.put(slot, m.id())));
    return owners;
  }

  private static Set<Integer> moved(Map<Integer, String> before, Map<Integer, String> now) {
    Set<Integer> moved = new TreeSet<>();
    before.forEach(
        (slot, owner) -> {
          if (!owner.equals(now.get(slot))) {
            moved.add(slot);
          }
        });
    return moved;
  }
}
