package io.baton.jepsen.scene;

import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Draws the groups of a run: how each is run and by whom. Every other one has a TTL below the safe
 * TTL. Policies are such that a group finds back by itself, so that it can be judged.
 */
public final class Teams {
  private static final long SHORT_TTL_MILLIS = 3_000;
  private static final long LONG_TTL_MILLIS = 5_000;
  private static final int SHARED_SLOTS = 12;
  private static final int FEWEST_OF_N = 3;
  private static final int NEVER_USED_UP = 500;
  private static final List<String> ZONES = List.of("za", "zb");

  private final int members;
  private final RandomGenerator random;
  private final List<Team> teams = new ArrayList<>();
  private int seats;

  private Teams(int members, RandomGenerator random) {
    this.members = members;
    this.random = random;
  }

  /**
   * One group of each mode; or two, where there is one mode only. Two that are active-passive have
   * the default policy.
   *
   * @param members of each
   */
  public static List<Team> draw(List<Mode> modes, int members, RandomGenerator random) {
    Teams teams = new Teams(members, random);
    if (modes.equals(List.of(Mode.MODE_ACTIVE_PASSIVE))) {
      teams.add(Mode.MODE_ACTIVE_PASSIVE, SHORT_TTL_MILLIS, false);
      teams.add(Mode.MODE_ACTIVE_PASSIVE, LONG_TTL_MILLIS, false);
      return teams.teams;
    }
    boolean shortTtl = random.nextBoolean();
    for (Mode mode : modes.size() == 1 ? List.of(modes.get(0), modes.get(0)) : modes) {
      teams.add(mode, shortTtl ? SHORT_TTL_MILLIS : LONG_TTL_MILLIS, true);
      shortTtl = !shortTtl;
    }
    return teams.teams;
  }

  private void add(Mode mode, long ttlMillis, boolean drawn) {
    int count = mode == Mode.MODE_N_ACTIVE ? Math.max(FEWEST_OF_N, members) : members;
    List<Team.Seat> team = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      seats++;
      int weight = mode == Mode.MODE_SHARDED ? random.nextInt(1, 4) : 1;
      team.add(new Team.Seat("m" + seats, "h" + i, ZONES.get(i % 2), weight));
    }
    GroupSpec.Builder spec =
        GroupSpec.newBuilder()
            .setMode(mode)
            .setTtlMillis(ttlMillis)
            .setPromoteMillis(10_000)
            .setDemoteMillis(5_000)
            .setSlots(
                switch (mode) {
                  case MODE_N_ACTIVE -> count - 1;
                  case MODE_SHARDED -> SHARED_SLOTS;
                  default -> 0;
                });
    if (drawn) {
      spec.setFailover(failover(mode)).setPreference(preference(team, random));
      if (mode == Mode.MODE_ALL_ACTIVE) {
        spec.setMinActive(random.nextInt(1, Math.max(2, count)));
      }
      if (mode == Mode.MODE_SHARDED) {
        spec.setMaxMoves(random.nextInt(1, SHARED_SLOTS));
      }
    }
    teams.add(new Team("g" + (teams.size() + 1), spec.build(), team));
  }

  private FailoverPolicy.Builder failover(Mode mode) {
    return FailoverPolicy.newBuilder()
        .setCoolDownMillis(coolDown(random))
        .setLockDelayMillis(random.nextInt(3) == 0 ? 1_000 : 0)
        .setFlapBudget(random.nextBoolean() ? NEVER_USED_UP : 0)
        .setFailback(failback(random))
        .setOnCoordinatorLoss(coordinatorLoss(mode));
  }

  private CoordinatorLoss coordinatorLoss(Mode mode) {
    if (mode == Mode.MODE_ACTIVE_PASSIVE && random.nextInt(3) != 0) {
      return CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE;
    }
    return random.nextBoolean()
        ? CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED
        : CoordinatorLoss.COORDINATOR_LOSS_STOP;
  }

  /** How long nothing is moved after a failover. */
  public static long coolDown(RandomGenerator random) {
    return 1_000 + 500L * random.nextInt(7);
  }

  /** Whether a lease goes back to whom the group prefers. */
  public static Failback failback(RandomGenerator random) {
    return random.nextBoolean() ? Failback.FAILBACK_PREFERRED : Failback.FAILBACK_STAY;
  }

  /** Whom a group prefers; where its slots are shared out, who gets how many. */
  public static Preference preference(List<Team.Seat> seats, RandomGenerator random) {
    Preference.Builder preference = Preference.newBuilder();
    if (random.nextBoolean()) {
      preference.addZones(ZONES.get(random.nextInt(ZONES.size())));
    }
    for (Team.Seat seat : seats) {
      if (random.nextBoolean()) {
        preference.putMembers(
            seat.member(),
            MemberPreference.newBuilder()
                .setPriority(random.nextInt(3))
                .setWeight(random.nextInt(4))
                .build());
      }
    }
    return preference.build();
  }

  /** As specs and {@code --mode} name it. */
  public static String name(Mode mode) {
    return mode.name().substring("MODE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The groups in words. */
  public static String words(List<Team> teams) {
    return teams.stream().map(Teams::words).collect(Collectors.joining("; "));
  }

  private static String words(Team team) {
    GroupSpec spec = team.spec();
    FailoverPolicy failover = spec.getFailover();
    StringBuilder words = new StringBuilder(team.name()).append(' ').append(name(team.mode()));
    if (spec.getSlots() > 0) {
      words.append(" of ").append(spec.getSlots());
    }
    words.append(", TTL ").append(spec.getTtlMillis()).append(" ms");
    if (spec.hasFailover()) {
      words.append(", cool-down ").append(failover.getCoolDownMillis()).append(" ms");
    }
    if (failover.getLockDelayMillis() > 0) {
      words.append(", lock delay ").append(failover.getLockDelayMillis()).append(" ms");
    }
    if (failover.getFailback() == Failback.FAILBACK_PREFERRED) {
      words.append(", failback");
    }
    if (failover.getOnCoordinatorLoss() == CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED) {
      words.append(", hold-if-fenced");
    }
    if (failover.getOnCoordinatorLoss() == CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE) {
      words.append(", hold-if-peers-agree");
    }
    return words.toString();
  }
}
