package io.baton.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at consensus from above: who leads, and that what was committed stays. */
final class SimRaft {
  private final World world;
  private final List<LogEntry> committed = new ArrayList<>();

  SimRaft(World world) {
    this.world = world;
  }

  /** The leader of the latest term whose process lives; it may be paused or cut off. */
  @Nullable SimCoordinator leader() {
    SimCoordinator latest = null;
    for (SimCoordinator each : world.coordinators()) {
      if (each.life().alive() && each.raft().leads()) {
        boolean later = latest == null || each.raft().term() > latest.raft().term();
        latest = later ? each : latest;
      }
    }
    return latest;
  }

  /**
   * Checks an entry that is about to be applied against what others applied there.
   *
   * @return whether it is the first of all
   */
  boolean applies(LogEntry entry) {
    if (entry.index() == committed.size() + 1L) {
      committed.add(entry);
      return true;
    }
    if (entry.index() > committed.size() || !committed.get((int) entry.index() - 1).equals(entry)) {
      throw new IllegalStateException("the simulated log is wrong at " + entry.index());
    }
    return false;
  }
}
