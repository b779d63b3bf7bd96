package io.baton.jepsen.scene;

import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Draws the groups of a run: how each is run and by whom. Every other one has a TTL below the safe
 * TTL. Policies are such that a group finds back by itself, or with what operators say after a
 * storm, so that it can be judged.
 */
public final class Teams {
  private static final long SHORT_TTL_MILLIS = 3_000;
  private static final long LONG_TTL_MILLIS = 5_000;
  private static final int SHARED_SLOTS = 12;
  private static final int FEWEST_OF_N = 3;
  private static final int LARGEST_SMALL_BUDGET = 2;
  private static final long FLAP_WINDOW_MILLIS = 60_000;
  private static final long MAX_LAG = 2_000;
  private static final Set<Mode> ROLES = Set.of(Mode.MODE_ACTIVE_PASSIVE, Mode.MODE_N_ACTIVE);
  private static final List<String> ZONES = List.of("za", "zb");

  /** Who decides about a group's failovers. */
  private enum Say {
    /** The cluster, without end. */
    CLUSTER,
    /** The cluster, until a small flap budget is used up. */
    CLUSTER_FOR_A_WHILE,
    /** An operator. */
    OPERATOR,
    /** An operator, who is told what would have been done. */
    OBSERVER
  }

  private final int members;
  private final RandomGenerator random;
  private final List<Team> teams = new ArrayList<>();
  private int seats;

  private Teams(int members, RandomGenerator random) {
    this.members = members;
    this.random = random;
  }

  /**
   * One group of each mode, and one more that is active-passive: of those where leases pass from
   * one to another the cluster decides about the failovers of one, and of another for a while, an
   * operator about those of the others; and one at least has a bound of lag. Or two groups, where
   * there is one mode only: about the failovers of one the cluster decides.
   *
   * @param members of each
   */
  public static List<Team> draw(List<Mode> modes, int members, RandomGenerator random) {
    Teams teams = new Teams(members, random);
    List<Mode> all = new ArrayList<>(modes);
    all.add(modes.get(0));
    List<Say> says = teams.says(modes.size() > 1);
    int bounded = random.nextInt(all.size());
    while (modes.size() > 1 && !ROLES.contains(all.get(bounded))) {
      bounded = random.nextInt(all.size());
    }
    boolean shortTtl = random.nextBoolean();
    for (int i = 0; i < all.size(); i++) {
      Say say =
          all.get(i) == Mode.MODE_ALL_ACTIVE && modes.size() > 1
              ? Say.values()[random.nextInt(Say.values().length)]
              : says.remove(0);
      teams.add(all.get(i), shortTtl, say, i == bounded || random.nextInt(4) == 0);
      shortTtl = !shortTtl;
    }
    return teams.teams;
  }

  /** Each once, or that of the cluster and any, in some order. */
  private List<Say> says(boolean each) {
    List<Say> all = List.of(Say.values());
    List<Say> says =
        new ArrayList<>(each ? all : List.of(Say.CLUSTER, all.get(random.nextInt(all.size()))));
    Collections.shuffle(says, new Random(random.nextLong()));
    return says;
  }

  private void add(Mode mode, boolean shortTtl, Say say, boolean bounded) {
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
            .setTtlMillis(shortTtl ? SHORT_TTL_MILLIS : LONG_TTL_MILLIS)
            .setPromoteMillis(10_000)
            .setDemoteMillis(5_000)
            .setSlots(
                switch (mode) {
                  case MODE_N_ACTIVE -> count - 1;
                  case MODE_SHARDED -> SHARED_SLOTS;
                  default -> 0;
                })
            .setFailover(failover(mode, say))
            .setPreference(preference(team, bounded, random));
    if (mode == Mode.MODE_ALL_ACTIVE) {
      spec.setMinActive(random.nextInt(1, Math.max(2, count)));
    }
    if (mode == Mode.MODE_SHARDED) {
      spec.setMaxMoves(random.nextInt(1, SHARED_SLOTS));
    }
    teams.add(new Team("g" + (teams.size() + 1), spec.build(), team));
  }

  private FailoverPolicy.Builder failover(Mode mode, Say say) {
    return FailoverPolicy.newBuilder()
        .setKind(
            switch (say) {
              case CLUSTER, CLUSTER_FOR_A_WHILE -> FailoverKind.FAILOVER_KIND_AUTOMATIC;
              case OPERATOR -> FailoverKind.FAILOVER_KIND_MANUAL;
              case OBSERVER -> FailoverKind.FAILOVER_KIND_OBSERVE;
            })
        .setCoolDownMillis(coolDown(random))
        .setLockDelayMillis(random.nextInt(3) == 0 ? 1_000 : 0)
        .setFlapBudget(
            say == Say.CLUSTER_FOR_A_WHILE ? random.nextInt(1, LARGEST_SMALL_BUDGET + 1) : 0)
        .setFlapWindowMillis(FLAP_WINDOW_MILLIS)
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

  /** Another preference for a group: whom it prefers; the bound of lag stays. */
  public static Preference preference(Team team, RandomGenerator random) {
    return preference(team.seats(), team.hasPositions(), random);
  }

  /** Whom a group prefers; where its slots are shared out, who gets how many. */
  private static Preference preference(
      List<Team.Seat> seats, boolean bounded, RandomGenerator random) {
    Preference.Builder preference = Preference.newBuilder();
    if (bounded) {
      preference.setMaxLag(MAX_LAG);
    }
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
    words.append(", cool-down ").append(failover.getCoolDownMillis()).append(" ms");
    switch (failover.getKind()) {
      case FAILOVER_KIND_MANUAL -> words.append(", failover by hand");
      case FAILOVER_KIND_OBSERVE -> words.append(", failover observed");
      default -> {}
    }
    if (failover.getFlapBudget() > 0) {
      words.append(", flap budget ").append(failover.getFlapBudget());
    }
    if (spec.getPreference().hasMaxLag()) {
      words.append(", max lag ").append(spec.getPreference().getMaxLag());
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
