package io.baton.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is well, and since when; looked at again and again. */
final class Health {
  /** Who is well again is given that long to catch up. */
  private static final long RECOVERY = Scheduler.SECOND;

  /** From this age on of its oldest round in flight, a leader's clock certainly stands. */
  private static final long STALLED = 400 * Scheduler.MILLI;

  private final World world;
  private final TrueNotes notes;
  private final Map<SimCoordinator, Long> troubledAt = new HashMap<>();
  private final Map<SimCoordinator, Long> readyAt = new HashMap<>();
  private final Map<SimCoordinator, Long> stalledAt = new HashMap<>();
  private final Map<Long, Long> unservedAt = new HashMap<>();
  private @Nullable SimCoordinator leader;
  private long unwellAt;

  Health(World world, TrueNotes notes) {
    this.world = world;
    this.notes = notes;
  }

  void ready(SimCoordinator by) {
    readyAt.put(by, world.scheduler().now());
  }

  void look() {
    long now = world.scheduler().now();
    SimCoordinator latest = world.raft().leader();
    leader = latest != null && latest.isReady() ? latest : null;
    int well = 0;
    for (SimCoordinator each : world.coordinators()) {
      if (!isWell(each)) {
        troubledAt.put(each, now);
      }
      well += now - troubledAt.getOrDefault(each, -RECOVERY) >= RECOVERY ? 1 : 0;
      countLost(each, now);
    }
    boolean majority = well > world.coordinatorCount() / 2;
    if (leader != null && (!majority || world.links().lagging())) {
      unwellAt = now;
    }
    for (SimAgent each : world.agents()) {
      if (leader == null || !isServed(each, leader)) {
        unservedAt.put(each.session(), now);
      }
    }
  }

  private boolean isWell(SimCoordinator each) {
    SimCoordinator to = leader;
    return each.life().running()
        && !each.disk().stalled()
        && (to == null || to == each || !world.links().cutBetween(each.index(), to.index()));
  }

  private void countLost(SimCoordinator each, long now) {
    boolean stalled = each.isReady() && each.raft().oldestInFlight() > STALLED;
    Long before = stalledAt.remove(each);
    if (stalled) {
      if (before != null) {
        notes.lose(each, now - before);
      }
      stalledAt.put(each, now);
    }
  }

  private boolean isServed(SimAgent agent, SimCoordinator by) {
    return agent.isConnectedTo(by) && !world.links().cutBetween(agent.index(), by.index());
  }

  /** The present leader, once it is ready. */
  @Nullable SimCoordinator leader() {
    return leader;
  }

  /** When a coordinator was last made a leader that is ready. */
  long readyAt(SimCoordinator by) {
    return readyAt.getOrDefault(by, 0L);
  }

  /** When the present leader became ready. */
  long readyAt() {
    return readyAt.getOrDefault(leader, 0L);
  }

  /** Since when the present leader itself, and a majority with it, are well. */
  long wellSince() {
    return Math.max(unwellAt, troubledAt.getOrDefault(leader, 0L));
  }

  /**
   * Since when a session's agent has been connected to the leader, and both hear each other; never,
   * if no agent has that session any more.
   */
  long servedSince(long session) {
    boolean lives = world.agents().stream().anyMatch(agent -> agent.session() == session);
    return lives ? unservedAt.getOrDefault(session, 0L) : Long.MAX_VALUE;
  }
}
