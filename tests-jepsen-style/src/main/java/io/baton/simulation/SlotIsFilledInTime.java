package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Readiness;
import java.util.HashMap;
import java.util.Map;

/**
 * Promise 7, with bounds: while a leader and a majority are well, nothing keeps a slot without an
 * active for longer than the design allows.
 *
 * <ul>
 *   <li>No lease, and a READY member: a grant is decided in the round that frees the slot (rule
 *       17).
 *   <li>Its holder is silent: TTL plus the drift bound since the leader's own note (rule 7), but
 *       not before the grace of a new leader is over; no second TTL (rule 9).
 *   <li>Its holder is heard, and is not active: it has the time for a promotion, then it must have
 *       said that it lapsed (rules 14 and 17).
 *   <li>It is revoked: TTL plus the drift bound since the revocation, whatever callbacks do (rule
 *       16).
 * </ul>
 */
final class SlotIsFilledInTime extends Invariant {
  /** The coordinator's drift bound, and a clock that is half a percent slow. */
  private static final double EXPIRY = 1.010 / 0.995;

  /**
   * For what else there is: ticks of 100 ms, rounds on slow disks and links and the lease clock
   * that stands meanwhile, a leader that doubts itself for an election timeout.
   */
  private static final long SLACK = 1_500 * Scheduler.MILLI;

  private final TrueNotes notes;
  private final Map<Long, Long> grantedAt = new HashMap<>();
  private final Map<Long, Long> revokedAt = new HashMap<>();
  private final Map<String, Long> filledAt = new HashMap<>();
  private final Map<String, Long> heldBackAt = new HashMap<>();

  SlotIsFilledInTime(TrueNotes notes) {
    this.notes = notes;
  }

  /** A change that was applied for the first time anywhere. */
  void happened(HistoryEvent event, long now) {
    switch (event.type()) {
      case LEASE_GRANTED -> grantedAt.put(event.epoch(), now);
      case LEASE_REVOKED -> revokedAt.put(event.epoch(), now);
      case LEASE_ENDED -> {
        grantedAt.remove(event.epoch());
        revokedAt.remove(event.epoch());
      }
      default -> {}
    }
  }

  /** Looks at a group, again and again. */
  void look(String name, Health health, World world) {
    long now = world.scheduler().now();
    if (isActive(name, world)) {
      filledAt.put(name, now);
      return;
    }
    SimCoordinator leader = health.leader();
    Group group = leader == null ? null : leader.state().group(name);
    if (leader == null || group == null || !world.withinDrift()) {
      filledAt.put(name, now);
      return;
    }
    if (!group.info().holds().isEmpty()) {
      heldBackAt.put(name, now);
    }
    long begun = Math.max(filledAt.getOrDefault(name, 0L), health.wellSince());
    long due = due(group, begun, leader, health);
    if (now > due) {
      violated(
          name
              + " has had no active for "
              + (now - begun) / Scheduler.MILLI
              + " ms, which was to end "
              + (now - due) / Scheduler.MILLI
              + " ms ago: "
              + group.lease(0));
    }
    Lease lease = group.lease(0);
    world.covered(
        Case.SILENT_HOLDER_TIMED,
        lease != null
            && now - notes.of(leader, lease.session()).at() > expiry(group.info().spec()));
  }

  private static boolean isActive(String group, World world) {
    for (SimAgent each : world.agents()) {
      Tenure tenure = each.believes();
      if (tenure != null && tenure.group().equals(group)) {
        return true;
      }
    }
    return false;
  }

  private long due(Group group, long begun, SimCoordinator leader, Health health) {
    Lease lease = group.lease(0);
    GroupSpec spec = group.info().spec();
    if (lease == null) {
      return anyoneReady(group) ? begun + SLACK : Long.MAX_VALUE;
    }
    long granted = grantedAt.getOrDefault(lease.epoch(), 0L);
    long held = heldBackAt.getOrDefault(group.info().name(), 0L);
    long from = Math.max(held, health.wellSince());
    long renewed = notes.of(leader, lease.session()).at();
    long silent = Math.max(renewed, from) + expiry(spec);
    long due = Math.max(silent, health.readyAt() + grace(spec));
    if (lease.revoked()) {
      long revoked = revokedAt.getOrDefault(lease.epoch(), 0L);
      long forced = Math.max(revoked, Math.max(from, health.readyAt())) + expiry(spec);
      due = Math.min(due, forced);
    } else {
      long heard = Math.max(begun, Math.max(granted, health.servedSince(lease.session())));
      if (heard != Long.MAX_VALUE) {
        due = Math.min(due, heard + spec.promoteMillis() * Scheduler.MILLI);
      }
    }
    return Math.max(due, granted) + SLACK;
  }

  private static boolean anyoneReady(Group group) {
    for (Member member : group.members().values()) {
      if (member.readiness() == Readiness.READY) {
        return true;
      }
    }
    return false;
  }

  private static long expiry(GroupSpec spec) {
    return (long) (spec.ttlMillis() * Scheduler.MILLI * EXPIRY);
  }

  private static long grace(GroupSpec spec) {
    long reconnect = 2 * (spec.ttlMillis() / 5) + 500;
    return (long) (Math.min(spec.ttlMillis(), reconnect) * Scheduler.MILLI * EXPIRY);
  }
}
