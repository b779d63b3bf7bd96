package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Slot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Promise 7, with bounds: while a leader and a majority are well, nothing keeps a slot without an
 * active for longer than the design allows.
 *
 * <ul>
 *   <li>No lease, a READY member, and nothing that holds the slot back: a grant is decided in the
 *       round that frees the slot (rule 17).
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
  private final Map<SlotName, Long> filledAt = new HashMap<>();
  private final Map<String, Long> servedAt = new HashMap<>();
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
    SimCoordinator leader = health.leader();
    Group group = leader == null ? null : leader.state().group(name);
    if (leader == null || group == null || !world.withinDrift()) {
      filledAt.replaceAll((slot, at) -> slot.group().equals(name) ? Long.valueOf(now) : at);
      servedAt.clear();
      return;
    }
    if (!group.info().holds().isEmpty()) {
      heldBackAt.put(name, now);
    }
    Set<Integer> active = active(name, world);
    for (Slot slot : group.slots().values()) {
      look(slot, active.contains(slot.index()), group, leader, health, world);
    }
    for (Member member : group.members().values()) {
      look(member, group, leader, health, now);
    }
  }

  private void look(
      Slot slot, boolean active, Group group, SimCoordinator leader, Health health, World world) {
    long now = world.scheduler().now();
    SlotName name = new SlotName(slot.group(), slot.index());
    if (active || (slot.lease() == null && !Owed.slot(leader.state(), group, slot))) {
      filledAt.put(name, now);
      return;
    }
    long begun = Math.max(filledAt.computeIfAbsent(name, n -> now), health.wellSince());
    Lease lease = slot.lease();
    long due = lease == null ? begun + SLACK : due(lease, group, begun, leader, health);
    if (now > due) {
      violated(
          name
              + " has had no active for "
              + (now - begun) / Scheduler.MILLI
              + " ms, which was to end "
              + (now - due) / Scheduler.MILLI
              + " ms ago: "
              + slot);
    }
    world.covered(
        Case.SILENT_HOLDER_TIMED,
        lease != null
            && now - notes.of(leader, lease.session()).at() > expiry(group.info().spec()));
  }

  /** Where each has a slot of its own. */
  private void look(Member member, Group group, SimCoordinator leader, Health health, long now) {
    String name = member.group() + "/" + member.id();
    if (!Owed.member(leader.state(), group, member)) {
      servedAt.put(name, now);
      return;
    }
    long begun = Math.max(servedAt.computeIfAbsent(name, n -> now), health.wellSince());
    if (now > begun + SLACK) {
      violated(name + " is ready, and has had no slot for " + (now - begun) / Scheduler.MILLI);
    }
  }

  private static Set<Integer> active(String group, World world) {
    Set<Integer> slots = new HashSet<>();
    for (SimAgent each : world.agents()) {
      for (Tenure tenure : each.beliefs()) {
        if (tenure.group().equals(group)) {
          slots.add(tenure.slot());
        }
      }
    }
    return slots;
  }

  private long due(Lease lease, Group group, long begun, SimCoordinator leader, Health health) {
    GroupSpec spec = group.info().spec();
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
        long turns = turns(group, lease) * spec.promoteMillis() * Scheduler.MILLI;
        due = Math.min(due, heard + turns + promises(spec));
      }
    }
    return Math.max(due, granted) + SLACK;
  }

  /** One callback a group runs at a time: a holder of many slots is called for them in turns. */
  private static int turns(Group group, Lease lease) {
    int turns = 0;
    for (Slot slot : group.slots().values()) {
      Lease other = slot.lease();
      turns += other != null && other.session() == lease.session() ? 1 : 0;
    }
    return turns;
  }

  /** What a member has promised it keeps before it begins. */
  private static long promises(GroupSpec spec) {
    boolean agree =
        spec.failover().onCoordinatorLoss() == FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE;
    return agree ? (long) (2 * Scheduler.SECOND * EXPIRY) : 0;
  }

  private static long expiry(GroupSpec spec) {
    return (long) (spec.ttlMillis() * Scheduler.MILLI * EXPIRY);
  }

  private static long grace(GroupSpec spec) {
    return (long) (Keepalive.grace(spec) * EXPIRY);
  }
}
