package io.baton.coordinator.state;

/**
 * How a group is run, with defaults filled in.
 *
 * @param ttlMillis how long a silent session keeps this group's leases
 * @param promoteMillis how long {@code onActive} may take
 * @param demoteMillis how long {@code onPassive} may take in a planned handover
 * @param unknownFields fields of a newer client, one char a byte; kept so that it finds them again
 */
public record GroupSpec(
    Mode mode, long ttlMillis, long promoteMillis, long demoteMillis, String unknownFields) {

  /** The spec of a group whose creator asked for nothing: TTL 5 s, promote 30 s, demote 10 s. */
  public static final GroupSpec DEFAULT =
      new GroupSpec(Mode.ACTIVE_PASSIVE, 5_000, 30_000, 10_000, "");

  /** Returns this spec with another TTL. */
  public GroupSpec withTtlMillis(long millis) {
    return new GroupSpec(mode, millis, promoteMillis, demoteMillis, unknownFields);
  }

  /** How many slots a group of this spec has. */
  public int slots() {
    return 1;
  }
}
