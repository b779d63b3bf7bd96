package io.baton.coordinator.service;

import io.baton.coordinator.state.Agreement;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.PeerList;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in messages what the state says of a session. Pure: state in, messages out. */
final class Orders {
  private Orders() {}

  /** Every membership of the session, and what has still to stop of those that ended. */
  static ToAgent.CompleteSet completeSet(ClusterState state, Session session) {
    List<ToAgent.Assignment> all = new ArrayList<>();
    for (String group : session.groups()) {
      all.add(assignment(state, session.id(), group, 0));
    }
    return new ToAgent.CompleteSet(session.id(), state.revision(), all);
  }

  /**
   * The present orders of one membership, or that it has ended.
   *
   * @param toldJoinRevision the membership the agent was last told of; names it where the state has
   *     forgotten it
   */
  static ToAgent.Assignment assignment(
      ClusterState state, long sessionId, String groupName, long toldJoinRevision) {
    Group group = state.group(groupName);
    Session session = state.session(sessionId);
    Member member = group == null || session == null ? null : memberOf(group, session);
    List<ToAgent.Order> orders = new ArrayList<>();
    long joinRevision = member != null ? member.joinRevision() : toldJoinRevision;
    if (group != null && session != null) {
      for (int slot : session.slotsIn(groupName)) {
        Lease lease = group.lease(slot);
        if (lease != null) {
          orders.add(order(lease));
          joinRevision = member != null ? joinRevision : lease.joinRevision();
        }
      }
    }
    GroupSpec spec = group == null ? GroupSpec.DEFAULT : group.info().spec();
    return new ToAgent.Assignment(
        sessionId,
        state.revision(),
        groupName,
        joinRevision,
        spec.ttlMillis(),
        spec.keepaliveMillis(),
        spec.promoteMillis(),
        spec.demoteMillis(),
        spec.failover().onCoordinatorLoss(),
        peers(state.agreement(groupName), group, sessionId),
        orders,
        member != null ? null : endedCause(group, sessionId),
        member != null ? spec.checks() : List.of());
  }

  private static ToAgent.Peers peers(
      @Nullable Agreement agreement, @Nullable Group group, long sessionId) {
    if (agreement == null || group == null) {
      return ToAgent.Peers.NONE;
    }
    if (agreement.isOpen(group)) {
      return new ToAgent.Peers(PeerList.NONE, PeerList.NONE, true);
    }
    return agreement.session() == sessionId
        ? new ToAgent.Peers(agreement.acknowledged(), agreement.offered(), false)
        : ToAgent.Peers.NONE;
  }

  private static @Nullable Member memberOf(Group group, Session session) {
    String id = session.memberships().get(group.info().name());
    return id == null ? null : group.member(id);
  }

  private static Cause endedCause(@Nullable Group group, long sessionId) {
    if (group == null || group.info().deleting()) {
      return Cause.GROUP_DELETED;
    }
    for (Member gone : group.gone()) {
      Member.Gone how = gone.gone();
      if (gone.session() == sessionId && how != null) {
        return how.cause();
      }
    }
    return Cause.SESSION_EXPIRED;
  }

  private static ToAgent.Order order(Lease lease) {
    Lease.Revocation revocation = lease.revocation();
    return revocation == null
        ? new ToAgent.Order(lease.slot(), lease.epoch(), 0, null)
        : new ToAgent.Order(lease.slot(), lease.epoch(), revocation.revision(), revocation.cause());
  }

  /**
   * What an acknowledgement covers: the living memberships, each with the TTL it grants (rules 8
   * and 11).
   */
  static List<ToAgent.Coverage> coverage(ClusterState state, Session session) {
    List<ToAgent.Coverage> covered = new ArrayList<>(session.memberships().size());
    for (Map.Entry<String, String> membership : session.memberships().entrySet()) {
      ToAgent.Coverage one = coverage(state, membership.getKey(), membership.getValue());
      if (one != null) {
        covered.add(one);
      }
    }
    return covered;
  }

  static ToAgent.@Nullable Coverage coverage(ClusterState state, String groupName, String id) {
    Group group = state.group(groupName);
    Member member = group == null ? null : group.member(id);
    return group == null || member == null
        ? null
        : new ToAgent.Coverage(groupName, member.joinRevision(), group.info().spec().ttlMillis());
  }

  /** Who is active in a group. */
  static ToAgent.GroupView view(ClusterState state, long session, String groupName) {
    List<ToAgent.Active> active = new ArrayList<>();
    Group group = state.group(groupName);
    int slots = 0;
    if (group != null) {
      slots = group.slots().size();
      for (Slot slot : group.slots().values()) {
        Lease lease = slot.lease();
        Member member = lease == null ? null : group.member(lease.member());
        if (lease != null && member != null && !lease.revoked()) {
          active.add(
              new ToAgent.Active(
                  lease.slot(),
                  lease.epoch(),
                  lease.member(),
                  member.address(),
                  member.metadata(),
                  lease.started()));
        }
      }
    }
    return new ToAgent.GroupView(session, state.revision(), groupName, slots, active);
  }
}
