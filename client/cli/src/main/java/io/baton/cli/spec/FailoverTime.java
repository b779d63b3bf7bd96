package io.baton.cli.spec;

import io.baton.cli.text.Times;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.util.List;

/**
 * How long a group may be without its active after that one died without a word: the formula, with
 * the numbers of its spec put in (design §3.6, §3.7, §3.9). For one machine or data centre: a round
 * trip is counted as nothing.
 */
public final class FailoverTime {
  /** What the leader allows for the difference of two clocks. */
  private static final int DRIFT_PERMILLE = 10;

  /** Deadlines are looked at once a tick of the lease clock. */
  private static final long TICK_MILLIS = 100;

  /** Ratis' election timeout at most three times: one to notice, and two attempts. */
  private static final long ELECTION_MILLIS = 3 * 600;

  /** Two seconds, by a clock that is slow. */
  private static final long PROMISE_MILLIS = 2_020;

  private static final long MAX_KEEPALIVE_MILLIS = 2_000;
  private static final long RECONNECT_MILLIS = 500;

  private static final String ASSUMED =
      "  assumed, since each cluster may be set up otherwise: drift of "
          + DRIFT_PERMILLE / 10
          + "%, election in "
          + Times.setting(ELECTION_MILLIS)
          + " (three timeouts of 600ms)";

  private FailoverTime() {}

  /** Lines for people. */
  public static List<String> lines(GroupSpec spec) {
    if (spec.getMode() == Mode.MODE_ALL_ACTIVE) {
      return ofOneThatNobodyFollows(spec);
    }
    FailoverKind kind = spec.getFailover().getKind();
    if (kind == FailoverKind.FAILOVER_KIND_MANUAL || kind == FailoverKind.FAILOVER_KIND_OBSERVE) {
      return List.of("worst-case failover: until an operator orders it (baton failover)");
    }
    long ttl = spec.getTtlMillis();
    long drift = ttl * DRIFT_PERMILLE / 1_000;
    long delay = spec.getFailover().getLockDelayMillis();
    long granted = ttl + drift + TICK_MILLIS + delay;
    long promise = promise(spec);
    long active = granted + promise + spec.getPromoteMillis();
    long withLeader = Math.max(granted, ELECTION_MILLIS + grace(spec) + TICK_MILLIS + delay);
    return List.of(
        "worst-case failover, where the active dies without a word:",
        "  granted to another: ttl + drift + tick + lock-delay = "
            + sum(ttl, drift, TICK_MILLIS, delay)
            + " = "
            + Times.setting(granted),
        "  active there: that"
            + (promise == 0 ? "" : " + what it has promised")
            + " + promote-deadline = "
            + (promise == 0
                ? sum(granted, spec.getPromoteMillis())
                : sum(granted, promise, spec.getPromoteMillis()))
            + " = "
            + Times.setting(active),
        "  and the coordinator leader with it: granted after max(that, election + grace + tick +"
            + " lock-delay) = max("
            + Times.setting(granted)
            + ", "
            + sum(ELECTION_MILLIS, grace(spec), TICK_MILLIS, delay)
            + ") = "
            + Times.setting(withLeader),
        ASSUMED);
  }

  /** Its slot goes with its lease: no policy, and no operator, gives it to another. */
  private static List<String> ofOneThatNobodyFollows(GroupSpec spec) {
    long ttl = spec.getTtlMillis();
    long drift = ttl * DRIFT_PERMILLE / 1_000;
    long ended = ttl + drift + TICK_MILLIS;
    long withLeader = Math.max(ended, ELECTION_MILLIS + grace(spec) + TICK_MILLIS);
    return List.of(
        "no failover: every healthy member is active, and nobody follows one that dies without a"
            + " word",
        "  its lease ends: ttl + drift + tick = "
            + sum(ttl, drift, TICK_MILLIS)
            + " = "
            + Times.setting(ended),
        "  and the coordinator leader with it: max(that, election + grace + tick) = max("
            + Times.setting(ended)
            + ", "
            + sum(ELECTION_MILLIS, grace(spec), TICK_MILLIS)
            + ") = "
            + Times.setting(withLeader),
        ASSUMED);
  }

  /** With hold-if-peers-agree who is next may have promised the last active to wait. */
  private static long promise(GroupSpec spec) {
    return spec.getFailover().getOnCoordinatorLoss()
            == CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE
        ? PROMISE_MILLIS
        : 0;
  }

  /** Rule 9: a new leader gives the living time to reconnect. */
  private static long grace(GroupSpec spec) {
    long keepalive =
        spec.getKeepaliveMillis() == 0
            ? Math.min(spec.getTtlMillis() / 5, MAX_KEEPALIVE_MILLIS)
            : spec.getKeepaliveMillis();
    return Math.min(spec.getTtlMillis(), 2 * keepalive + RECONNECT_MILLIS);
  }

  private static String sum(long... millis) {
    StringBuilder sum = new StringBuilder();
    for (long each : millis) {
      sum.append(sum.isEmpty() ? "" : " + ").append(each == 0 ? "0s" : Times.setting(each));
    }
    return sum.toString();
  }
}
