package io.baton.coordinator.state;

import java.util.List;

/**
 * How a group is run, with defaults filled in.
 *
 * @param slots how many slots an n-active or sharded group has; 1 in an active-passive one, 0 in an
 *     all-active one
 * @param minActive nothing that could wait makes fewer members active than this
 * @param ttlMillis how long a silent session keeps this group's leases
 * @param keepaliveMillis how often its members renew; 0: as the agent sees fit
 * @param promoteMillis how long a promotion may take
 * @param demoteMillis how long a demotion may take in a planned handover
 * @param maxMoves slots of a sharded group that are on the move at a time, for balance
 * @param checks what its members look at
 * @param unknownFields fields of a newer client, one char a byte; kept so that it finds them again
 */
public record GroupSpec(
    Mode mode,
    int slots,
    int minActive,
    long ttlMillis,
    long keepaliveMillis,
    long promoteMillis,
    long demoteMillis,
    int maxMoves,
    FailoverPolicy failover,
    Preference preference,
    List<GroupCheck> checks,
    String unknownFields) {
  public GroupSpec {
    checks = List.copyOf(checks);
  }

  /**
   * The spec of a group whose creator asked for nothing: one active, TTL 5 s, promote 30 s, demote
   * 10 s.
   */
  public static final GroupSpec DEFAULT = of(Mode.ACTIVE_PASSIVE, 1);

  /** The defaults of a mode. */
  public static GroupSpec of(Mode mode, int slots) {
    return new GroupSpec(
        mode,
        slots,
        1,
        5_000,
        0,
        30_000,
        10_000,
        16,
        FailoverPolicy.DEFAULT,
        Preference.NONE,
        List.of(),
        "");
  }

  /** Returns this spec with another TTL. */
  public GroupSpec withTtlMillis(long millis) {
    return withTimes(millis, promoteMillis, demoteMillis);
  }

  /** Returns this spec with another time between keepalives. */
  public GroupSpec withKeepaliveMillis(long millis) {
    return new GroupSpec(
        mode,
        slots,
        minActive,
        ttlMillis,
        millis,
        promoteMillis,
        demoteMillis,
        maxMoves,
        failover,
        preference,
        checks,
        unknownFields);
  }

  /** Returns this spec with another policy. */
  public GroupSpec withFailover(FailoverPolicy next) {
    return new GroupSpec(
        mode,
        slots,
        minActive,
        ttlMillis,
        keepaliveMillis,
        promoteMillis,
        demoteMillis,
        maxMoves,
        next,
        preference,
        checks,
        unknownFields);
  }

  /** Returns this spec with other checks. */
  public GroupSpec withChecks(List<GroupCheck> next) {
    return new GroupSpec(
        mode,
        slots,
        minActive,
        ttlMillis,
        keepaliveMillis,
        promoteMillis,
        demoteMillis,
        maxMoves,
        failover,
        preference,
        next,
        unknownFields);
  }

  /** Returns this spec with other times. */
  public GroupSpec withTimes(long ttl, long promote, long demote) {
    return new GroupSpec(
        mode,
        slots,
        minActive,
        ttl,
        keepaliveMillis,
        promote,
        demote,
        maxMoves,
        failover,
        preference,
        checks,
        unknownFields);
  }

  /** Returns this spec with other unknown fields. */
  public GroupSpec withUnknownFields(String fields) {
    return new GroupSpec(
        mode,
        slots,
        minActive,
        ttlMillis,
        keepaliveMillis,
        promoteMillis,
        demoteMillis,
        maxMoves,
        failover,
        preference,
        checks,
        fields);
  }
}
