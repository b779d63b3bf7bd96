package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A group without its slots and members.
 *
 * @param deleting its memberships have ended; its last leases have not
 * @param standing what operators and failures have made of it
 * @param holds lowerings of the TTL whose old TTL may still be counted on
 */
public record GroupInfo(
    String name,
    GroupSpec spec,
    long specRevision,
    long createdRevision,
    boolean deleting,
    List<Hold> holds,
    Standing standing)
    implements Entity {
  public GroupInfo {
    holds = List.copyOf(holds);
  }

  /**
   * After a lowering at {@code specRevision}, nothing expires before {@code oldTtlMillis} have
   * passed (design §3.8).
   */
  public record Hold(long specRevision, long oldTtlMillis) {}

  @Override
  public Key key() {
    return keyOf(name);
  }

  static Key keyOf(String name) {
    return new Key(Kind.GROUP, name, "", 0);
  }

  /**
   * A lowering outlasts every earlier one from the same TTL or a shorter one. What was observed
   * ends with the kind of failover under which it was.
   */
  GroupInfo withSpec(GroupSpec next, long revision) {
    List<Hold> nextHolds = new ArrayList<>(holds);
    if (next.ttlMillis() < spec.ttlMillis()) {
      nextHolds.removeIf(hold -> hold.oldTtlMillis() <= spec.ttlMillis());
      nextHolds.add(new Hold(revision, spec.ttlMillis()));
    }
    boolean sameKind = next.failover().kind() == spec.failover().kind();
    return new GroupInfo(
        name,
        next,
        revision,
        createdRevision,
        deleting,
        nextHolds,
        sameKind ? standing : standing.withhold(Withheld.NONE));
  }

  GroupInfo withoutHold(long holdRevision) {
    List<Hold> rest = holds.stream().filter(h -> h.specRevision() != holdRevision).toList();
    return new GroupInfo(name, spec, specRevision, createdRevision, deleting, rest, standing);
  }

  GroupInfo delete() {
    return new GroupInfo(name, spec, specRevision, createdRevision, true, holds, standing);
  }

  GroupInfo with(Standing next) {
    return new GroupInfo(name, spec, specRevision, createdRevision, deleting, holds, next);
  }

  boolean isHeldBy(long holdRevision) {
    return holds.stream().anyMatch(h -> h.specRevision() == holdRevision);
  }
}
