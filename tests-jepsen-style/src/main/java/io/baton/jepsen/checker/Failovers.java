package io.baton.jepsen.checker;

import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts failovers as a flap budget does, and knows the cool-down after each: from the grant that
 * counts to the revision at which history says that the wait is over. One thread.
 *
 * <p>Whoever loses several slots fails over once. When that is over is not looked at, so what it
 * loses later of what it had then is not counted again here, though the group may count it: this
 * count is never too high.
 */
final class Failovers {
  private static final Set<String> FAILURES =
      Set.of(
          "SESSION_EXPIRED",
          "LAPSED",
          "PROMOTION_FAILED",
          "SUPERSEDED",
          "PROVEN_DEAD",
          "DISCONNECTED",
          "UNHEALTHY");

  private final Map<String, GroupSpec> specs;
  private final Map<String, Integer> counted = new HashMap<>();
  private final Set<String> cooling = new HashSet<>();

  /** By group and session: the revision at which something that it had lost was granted last. */
  private final Map<String, Map<Long, Long>> begun = new HashMap<>();

  Failovers(Map<String, GroupSpec> specs) {
    this.specs = specs;
  }

  /** Takes in a change that is no grant. */
  void happened(Change change) {
    String group = change.group();
    switch (change.type()) {
      case "GROUP_ACKNOWLEDGED" -> counted.remove(group);
      case "WAIT_PASSED" -> {
        switch (change.waitKind()) {
          case "FLAP" -> counted.computeIfPresent(group, (g, n) -> n > 1 ? n - 1 : null);
          case "COOL_DOWN" -> cooling.remove(group);
          default -> {}
        }
      }
      case "GROUP_REMOVED" -> {
        counted.remove(group);
        cooling.remove(group);
        begun.remove(group);
      }
      default -> {}
    }
  }

  /** Nothing is known any more. */
  void forget() {
    counted.clear();
    cooling.clear();
    begun.clear();
  }

  /**
   * Takes in a grant.
   *
   * @return whether it is a failover that the budget had no room for
   */
  boolean granted(Change grant, Handovers handovers) {
    Optional<Handovers.Loss> loss = handovers.loss(grant);
    if (!FAILURES.contains(grant.cause()) || handovers.goesOn(grant) || loss.isEmpty()) {
      return false;
    }
    String group = grant.group();
    boolean again = mayHaveCounted(group, loss.get());
    begun.computeIfAbsent(group, g -> new HashMap<>()).put(loss.get().session(), grant.revision());
    if (again) {
      return false;
    }
    boolean tooMany = isUsedUp(group) && !Handovers.isTaken(grant);
    counted.merge(group, 1, Integer::sum);
    if (!policy(group).hasCoolDownMillis() || policy(group).getCoolDownMillis() > 0) {
      cooling.add(group);
    }
    return tooMany;
  }

  /** Whether the budget has no room for one more. */
  boolean isUsedUp(String group) {
    int budget = policy(group).getFlapBudget();
    return budget > 0 && counted.getOrDefault(group, 0) >= budget;
  }

  /** Whether the cool-down after a failover is not over yet. */
  boolean isCoolingDown(String group) {
    return cooling.contains(group);
  }

  /** Whether the loss of that lease may be part of a failover that has counted. */
  boolean mayHaveCounted(String group, Handovers.Loss lease) {
    return lease.epoch() < begun.getOrDefault(group, Map.of()).getOrDefault(lease.session(), 0L);
  }

  private FailoverPolicy policy(String group) {
    return specs.getOrDefault(group, GroupSpec.getDefaultInstance()).getFailover();
  }
}
