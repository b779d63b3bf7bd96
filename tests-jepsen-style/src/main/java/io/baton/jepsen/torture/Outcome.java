package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Beliefs;
import io.baton.jepsen.checker.Deliveries;
import io.baton.jepsen.scene.Scene;
import java.util.List;

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
    Loads loads,
    Resources resources,
    int storms,
    long longestRepairNanos,
    boolean whole,
    long durationNanos,
    double latestMillis) {
  /** How often a group's lease went from one holder to another, or was given anew. */
  long handovers() {
    return beliefs.groups().stream().mapToLong(g -> beliefs.tenures(g).size() - 1L).sum();
  }

  long longestGapNanos() {
    return beliefs.groups().stream().mapToLong(beliefs::longestGapNanos).max().orElse(0);
  }
}
