package io.baton.simulation;

import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Preference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What the groups of a scenario are like. */
enum Shapes {
  /** One active each, and the policy that a group has by default. */
  PLAIN,
  /** Any mode with any policy, drawn for each group and drawn again in between. */
  ANY;

  private static final int MOST_SLOTS = 9;
  private static final long SOON = 200;

  /** A new group. */
  GroupSpec draw(RandomGenerator random, List<String> members) {
    if (this == PLAIN) {
      return GroupSpec.DEFAULT;
    }
    List<Mode> modes = List.of(Mode.values());
    Mode mode = modes.get(random.nextInt(modes.size()));
    int slots =
        switch (mode) {
          case ACTIVE_PASSIVE -> 1;
          case N_ACTIVE, SHARDED -> 1 + random.nextInt(MOST_SLOTS);
          case ALL_ACTIVE -> 0;
        };
    return policy(GroupSpec.of(mode, slots), random, members);
  }

  /** Another policy for a group that has one. */
  GroupSpec policy(GroupSpec spec, RandomGenerator random, List<String> members) {
    int most =
        switch (spec.mode()) {
          case ACTIVE_PASSIVE -> 1;
          case N_ACTIVE -> spec.slots();
          case SHARDED -> Math.min(2, spec.slots());
          case ALL_ACTIVE -> Math.min(2, members.size());
        };
    return new GroupSpec(
        spec.mode(),
        spec.slots(),
        random.nextInt(1 + most),
        spec.ttlMillis(),
        random.nextInt(4) == 0 ? SOON : 0,
        spec.promoteMillis(),
        spec.demoteMillis(),
        1 + random.nextInt(4),
        failover(spec.mode(), random),
        preference(random, members),
        spec.checks(),
        "");
  }

  private static FailoverPolicy failover(Mode mode, RandomGenerator random) {
    FailoverPolicy.Kind kind =
        switch (random.nextInt(6)) {
          case 0 -> FailoverPolicy.Kind.MANUAL;
          case 1 -> FailoverPolicy.Kind.OBSERVE;
          default -> FailoverPolicy.Kind.AUTOMATIC;
        };
    return new FailoverPolicy(
        kind,
        random.nextInt(8) == 0 ? 1 + random.nextInt(2_000) : 0,
        random.nextInt(3) == 0 ? 1 + random.nextInt(5_000) : 0,
        random.nextInt(10_000),
        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
        5_000 + random.nextInt(60_000),
        random.nextBoolean() ? FailoverPolicy.Failback.PREFERRED : FailoverPolicy.Failback.STAY,
        loss(mode, random));
  }

  private static FailoverPolicy.CoordinatorLoss loss(Mode mode, RandomGenerator random) {
    if (mode == Mode.ACTIVE_PASSIVE && random.nextInt(3) != 0) {
      return FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE;
    }
    return random.nextInt(4) == 0
        ? FailoverPolicy.CoordinatorLoss.HOLD_IF_FENCED
        : FailoverPolicy.CoordinatorLoss.STOP;
  }

  private static Preference preference(RandomGenerator random, List<String> members) {
    Map<String, Preference.MemberPreference> each = new TreeMap<>();
    for (String member : members) {
      if (random.nextInt(3) == 0) {
        int priority = random.nextInt(6) - 1;
        each.put(member, new Preference.MemberPreference(priority, random.nextInt(4)));
      }
    }
    return new Preference(
        random.nextBoolean() ? List.of("z1", "z2") : List.of(),
        random.nextInt(3) == 0 ? 50 + random.nextInt(200) : Preference.ANY_LAG,
        each);
  }
}
