package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.checker.Deliveries;
import io.baton.jepsen.checker.Policy;
import io.baton.jepsen.scene.Scene;
import io.baton.jepsen.scene.Team;
import io.baton.proto.v1.Mode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param whole whether the cluster was whole after the last storm
 * @param longestRepairNanos from the end of a storm until everything was whole
 * @param durationNanos of the whole run
 * @param latestMillis how late the suite itself woke at the worst, by what the machine had to do
 */
record Outcome(
    TortureOptions options,
    Scene scene,
    Findings findings,
    FaultLog faults,
    List<LeaderLog.Reign> reigns,
    Beliefs beliefs,
    Deliveries deliveries,
    Policy policy,
    Loads loads,
    Resources resources,
    int storms,
    long longestRepairNanos,
    boolean whole,
    long durationNanos,
    double latestMillis) {
  /** How often a slot's lease went from one holder to another, or was given anew. */
  long handovers() {
    return beliefs.slots().stream().mapToLong(s -> beliefs.tenures(s).size() - 1L).sum();
  }

  /**
   * Where all are active, slots come and go with members: nobody misses one. Nor where a slot waits
   * for an operator.
   */
  long longestGapNanos() {
    Set<String> missed =
        scene.teams().stream()
            .filter(team -> team.mode() != Mode.MODE_ALL_ACTIVE && !team.mayWaitForOperator())
            .map(Team::name)
            .collect(Collectors.toSet());
    return beliefs.slots().stream()
        .filter(slot -> missed.contains(slot.group()))
        .mapToLong(beliefs::longestGapNanos)
        .max()
        .orElse(0);
  }
}
