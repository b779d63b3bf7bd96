package io.baton.simulation;

import io.baton.agent.protocol.Tenure;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.HistoryEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What promise 1 rests on (rules 7, 8, 11 and 16), so that a hole is seen before two agents fall
 * into it: nobody believes in a lease that has ended, every belief ends before the earliest instant
 * at which any coordinator might end its lease, and none does so earlier.
 */
final class BeliefIsCovered extends Invariant {
  /** What a lease's end waits for. */
  private static final class Cover {
    private final String group;
    private final long session;

    /** When its revocation was first applied; later renewals don't count. */
    private long revokedAt = Long.MAX_VALUE;

    private Cover(String group, long session) {
      this.group = group;
      this.session = session;
    }
  }

  /** When a session's last renewal was first applied. */
  private final Map<Long, Long> renewedAt = new HashMap<>();

  private final PeersKeepTheirWord peers;
  private final Map<Long, Cover> covers = new HashMap<>();
  private final Map<String, GroupInfo> specs = new HashMap<>();
  private final Map<Long, Long> loweredAt = new HashMap<>();

  BeliefIsCovered(PeersKeepTheirWord peers) {
    this.peers = peers;
  }

  /** A keepalive or a join was applied for the first time anywhere. */
  void renewed(long session, long now) {
    renewedAt.put(session, now);
  }

  /** A change that was applied for the first time anywhere. */
  void happened(HistoryEvent event, World world, SimCoordinator by) {
    long now = world.scheduler().now();
    switch (event.type()) {
      case LEASE_GRANTED -> covers.put(event.epoch(), new Cover(event.group(), event.session()));
      case LEASE_REVOKED -> revoked(event.epoch(), now);
      case LEASE_ENDED -> ended(event, world);
      case MEMBER_GONE -> gone(event, world);
      case MEMBER_JOINED -> renewed(event.session(), now);
      case GROUP_CREATED, GROUP_CHANGED, TTL_SETTLED -> spec(by.state().group(event.group()), now);
      default -> {}
    }
  }

  private void revoked(long epoch, long now) {
    Cover cover = covers.get(epoch);
    if (cover != null) {
      cover.revokedAt = now;
    }
  }

  /** Rule 7: nobody is expired before its TTL has passed since its last renewal. */
  private void gone(HistoryEvent event, World world) {
    if (event.cause() == Cause.SESSION_EXPIRED) {
      Cover cover = new Cover(event.group(), event.session());
      tooSoon(event, coveredUntil(cover), world);
    }
  }

  private void tooSoon(HistoryEvent event, long covered, World world) {
    if (world.promisesOneHolder(event.group()) && world.scheduler().now() < covered) {
      violated(
          event.member()
              + ": "
              + event.type()
              + ", "
              + event.cause()
              + ", though it counts on it until "
              + covered / Scheduler.MILLI
              + " ms");
    }
  }

  private void ended(HistoryEvent event, World world) {
    Cover cover = covers.remove(event.epoch());
    if (cover != null
        && (event.cause() == Cause.SESSION_EXPIRED || event.cause() == Cause.FORCED)) {
      tooSoon(event, coveredUntil(cover), world);
    }
    for (SimAgent agent : world.agents()) {
      for (Tenure tenure : agent.beliefs()) {
        if (tenure.epoch() == event.epoch()
            && world.promisesOneHolder(event.group())
            && !peers.carry(tenure.epoch(), agent.trueEndOf(tenure))) {
          violated(agent.id() + " still believes in " + tenure + ", ended: " + event.cause());
        }
      }
    }
  }

  private void spec(@Nullable Group group, long now) {
    if (group != null) {
      specs.put(group.info().name(), group.info());
      group.info().holds().forEach(h -> loweredAt.putIfAbsent(h.specRevision(), now));
    }
  }

  /** Whether a lease has neither ended nor been revoked. */
  boolean stands(long epoch) {
    Cover cover = covers.get(epoch);
    return cover != null && cover.revokedAt == Long.MAX_VALUE;
  }

  /** Looks at one agent, which has just done something. */
  void look(SimAgent agent, World world) {
    for (Tenure tenure : agent.beliefs()) {
      if (world.promisesOneHolder(tenure.group())) {
        look(agent, tenure, world);
      }
    }
  }

  private void look(SimAgent agent, Tenure tenure, World world) {
    Cover cover = covers.get(tenure.epoch());
    long until = agent.trueEndOf(tenure);
    boolean carried = peers.carry(tenure.epoch(), until);
    if (carried && (cover == null || until > coveredUntil(cover))) {
      world.covered(Case.RELIED_ON_PEERS);
      return;
    }
    if (cover == null) {
      violated(agent.id() + " believes in epoch " + tenure.epoch() + ", which has ended");
      return;
    }
    long covered = coveredUntil(cover);
    if (until > covered) {
      violated(
          agent.id()
              + " believes in epoch "
              + tenure.epoch()
              + " until "
              + until / Scheduler.MILLI
              + " ms, but its lease may end at "
              + covered / Scheduler.MILLI
              + " ms");
    }
  }

  private long coveredUntil(Cover cover) {
    GroupInfo spec = specs.get(cover.group);
    long renewed = renewedAt.getOrDefault(cover.session, 0L);
    long counts = Math.min(renewed, cover.revokedAt);
    if (spec == null) {
      return counts;
    }
    long until = counts + spec.spec().ttlMillis() * Scheduler.MILLI;
    for (GroupInfo.Hold hold : spec.holds()) {
      long lowered = loweredAt.getOrDefault(hold.specRevision(), 0L);
      until = Math.max(until, lowered + hold.oldTtlMillis() * Scheduler.MILLI);
    }
    return until;
  }
}
