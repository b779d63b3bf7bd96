package io.baton.simulation;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Wait;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wait that the state machine began is not over before its time, whoever leads meanwhile; nobody
 * gets a slot within its lock delay; and within the cool-down after a failover nothing is moved
 * that could stay.
 */
final class DelaysAreKept extends Invariant {
  /** Clocks run up to half a percent fast. */
  private static final double FAST = 0.99;

  /** When the change of a revision was first applied. */
  private final Map<Long, Long> happenedAt = new HashMap<>();

  private final Map<SlotName, Long> freeFrom = new HashMap<>();
  private final Map<String, Long> movesFrom = new HashMap<>();
  private final Map<SlotName, Long> lost = new HashMap<>();
  private final Unfinished unfinished = new Unfinished();

  /** Who lost first what is on its way: whoever fails before it is active passes that on. */
  private final Map<SlotName, Loss> losses = new HashMap<>();

  private record Loss(String member, long epoch) {}

  /** By group and member: the revision at which the first of what it lost was granted anew. */
  private final Map<String, Map<String, Long>> failures = new HashMap<>();

  /** A leader puts a command into a round. */
  void proposed(Command command, ClusterState state, World world) {
    if (command instanceof Command.WaitOver over && world.withinDrift()) {
      for (Wait wait : state.waits()) {
        if (wait.revision() == over.revision() && wait.kind() == over.kind()) {
          judge(wait, world);
        }
      }
    }
  }

  private void judge(Wait wait, World world) {
    long begun = happenedAt.getOrDefault(wait.revision(), 0L);
    long waited = world.scheduler().now() - begun;
    world.covered(Case.WAIT_OVER);
    if (waited < wait.millis() * Scheduler.MILLI * FAST) {
      violated(wait + " is to be over after " + waited / Scheduler.MILLI + " ms");
    }
  }

  /**
   * A change that was applied for the first time anywhere.
   *
   * @param spec of the event's group
   */
  void happened(HistoryEvent event, GroupSpec spec, World world) {
    long now = world.scheduler().now();
    happenedAt.put(event.revision(), now);
    SlotName slot = new SlotName(event.group(), event.slot());
    switch (event.type()) {
      case LEASE_ENDED -> ended(event, slot, now + part(spec.failover().lockDelayMillis()));
      case LEASE_GRANTED -> granted(event, slot, spec, world);
      case LEASE_STARTED -> losses.remove(slot);
      case LEASE_REVOKED -> moved(event, world);
      case GROUP_REMOVED -> removed(event.group());
      default -> {}
    }
    unfinished.happened(event);
  }

  private static long part(long millis) {
    return (long) (millis * Scheduler.MILLI * FAST);
  }

  private void ended(HistoryEvent event, SlotName slot, long until) {
    freeFrom.remove(slot);
    lost.put(slot, event.epoch());
    boolean unsure = event.cause() == Cause.SESSION_EXPIRED || event.cause() == Cause.FORCED;
    if (unsure) {
      freeFrom.put(slot, until);
    }
  }

  private void granted(HistoryEvent event, SlotName slot, GroupSpec spec, World world) {
    long now = world.scheduler().now();
    Long from = freeFrom.remove(slot);
    world.covered(Case.GRANTED_AFTER_LOCK_DELAY, from != null);
    if (from != null && now < from && world.withinDrift()) {
      violated(slot + " is granted " + (from - now) / Scheduler.MILLI + " ms too soon");
    }
    String previous = event.details().getOrDefault("previous", "");
    if (!previous.isEmpty()) {
      losses.putIfAbsent(slot, new Loss(previous, lost.getOrDefault(slot, Long.MAX_VALUE)));
    }
    Cause cause = event.cause();
    boolean begins = !unfinished.isApproved(slot) && mayBegin(unfinished.before(slot));
    if (cause != null && cause.isFailure() && begins) {
      failed(event, slot, now + part(spec.failover().coolDownMillis()));
    }
  }

  /** A handover that goes on counts no more than it did. */
  private static boolean mayBegin(Unfinished.@Nullable Why before) {
    return before == null || before == Unfinished.Why.FREE;
  }

  /**
   * Whoever loses several slots, at once or one after the other, fails once. When that is over is
   * not looked at: what is lost later may belong to it, or begin another, whose cool-down may be
   * shorter since the spec has changed.
   */
  private void failed(HistoryEvent event, SlotName slot, long until) {
    Loss loss = losses.getOrDefault(slot, new Loss("", Long.MAX_VALUE));
    boolean covered = isCovered(event.group(), loss.member(), loss.epoch());
    failures
        .computeIfAbsent(event.group(), g -> new HashMap<>())
        .put(loss.member(), event.revision());
    if (covered) {
      movesFrom.merge(event.group(), until, Math::min);
    } else {
      movesFrom.put(event.group(), until);
    }
  }

  private boolean isCovered(String group, String member, long epoch) {
    return epoch < failures.getOrDefault(group, Map.of()).getOrDefault(member, 0L);
  }

  private void moved(HistoryEvent event, World world) {
    boolean goesOn = isCovered(event.group(), event.member(), event.epoch());
    boolean couldWait =
        event.cause() == Cause.FAILBACK
            || event.cause() == Cause.REBALANCED
            || (event.cause() == Cause.UNHEALTHY && !goesOn);
    long from = movesFrom.getOrDefault(event.group(), 0L);
    world.covered(Case.MOVED_AFTER_COOL_DOWN, couldWait && from > 0);
    if (couldWait && world.scheduler().now() < from && world.withinDrift()) {
      violated(
          event.member()
              + " has to go ("
              + event.cause()
              + ") "
              + (from - world.scheduler().now()) / Scheduler.MILLI
              + " ms before the cool-down is over");
    }
  }

  private void removed(String group) {
    freeFrom.keySet().removeIf(slot -> slot.group().equals(group));
    losses.keySet().removeIf(slot -> slot.group().equals(group));
    movesFrom.remove(group);
    failures.remove(group);
  }
}
