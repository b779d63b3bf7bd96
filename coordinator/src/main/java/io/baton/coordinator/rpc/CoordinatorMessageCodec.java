package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.service.ToAgent;
import io.baton.coordinator.state.Outcome;
import io.baton.proto.v1.Ack;
import io.baton.proto.v1.ActiveMember;
import io.baton.proto.v1.Assignment;
import io.baton.proto.v1.CompleteSet;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.Coverage;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.GroupView;
import io.baton.proto.v1.Join;
import io.baton.proto.v1.JoinAnswer;
import io.baton.proto.v1.Order;
import io.baton.proto.v1.Peer;
import io.baton.proto.v1.PeerList;
import io.baton.proto.v1.Peers;
import io.baton.proto.v1.SessionGone;
import io.baton.proto.v1.Welcome;
import java.util.List;

/** Writes what coordinators say to agents. Core thread: a hint looks at the state. */
final class CoordinatorMessageCodec {
  /** Half of what an agent takes in one message. */
  static final int MAX_VIEW_BYTES = 8 << 20;

  private final LeaderHints hints;
  private List<ToAgent.Active> lastActive = List.of();
  private GroupView lastView = GroupView.getDefaultInstance();

  CoordinatorMessageCodec(LeaderHints hints) {
    this.hints = hints;
  }

  CoordinatorMessage encode(ToAgent message) {
    CoordinatorMessage.Builder wire = CoordinatorMessage.newBuilder();
    if (message instanceof ToAgent.Welcome welcome) {
      wire.setWelcome(welcome(welcome));
    } else if (message instanceof ToAgent.CompleteSet set) {
      wire.setCompleteSet(completeSet(set));
    } else if (message instanceof ToAgent.Assignment assignment) {
      wire.setAssignment(assignment(assignment));
    } else if (message instanceof ToAgent.Ack ack) {
      wire.setAck(ack(ack));
    } else if (message instanceof ToAgent.JoinAnswer answer) {
      wire.setJoinAnswer(joinAnswer(answer));
    } else if (message instanceof ToAgent.GroupView view) {
      wire.setGroupView(groupView(view));
    } else if (message instanceof ToAgent.SessionGone gone) {
      wire.setSessionGone(sessionGone(gone));
    } else if (message instanceof ToAgent.Leader leader) {
      wire.setLeaderHint(hints.encode(leader.hint()));
    } else {
      throw new IllegalArgumentException("no wire form for " + message);
    }
    return wire.build();
  }

  ErrorDetail encode(Refusal why) {
    return hints.encode(why);
  }

  private Welcome welcome(ToAgent.Welcome welcome) {
    return Welcome.newBuilder()
        .setClusterId(welcome.clusterId())
        .setSession(welcome.session())
        .setRevision(welcome.revision())
        .setProtocol(AgentMessageCodec.PROTOCOL)
        .setDriftPermille(welcome.driftPermille())
        .setDefaultTtlMillis(welcome.defaultTtlMillis())
        .setLeader(hints.encode(welcome.leader()))
        .build();
  }

  private static CompleteSet completeSet(ToAgent.CompleteSet set) {
    CompleteSet.Builder wire =
        CompleteSet.newBuilder().setSession(set.session()).setRevision(set.revision());
    set.assignments().forEach(a -> wire.addAssignments(assignment(a)));
    return wire.build();
  }

  private static Assignment assignment(ToAgent.Assignment assignment) {
    Assignment.Builder wire =
        Assignment.newBuilder()
            .setSession(assignment.session())
            .setRevision(assignment.revision())
            .setGroup(assignment.group())
            .setJoinRevision(assignment.joinRevision())
            .setKeepaliveMillis(assignment.keepaliveMillis())
            .setTtlMillis(assignment.ttlMillis())
            .setPromoteMillis(assignment.promoteMillis())
            .setDemoteMillis(assignment.demoteMillis())
            .setOnCoordinatorLoss(Enums.loss(assignment.onCoordinatorLoss()))
            .setMembershipEnded(assignment.endedCause() != null)
            .setEndedCause(Enums.cause(assignment.endedCause()));
    assignment.leases().forEach(o -> wire.addLeases(order(o)));
    wire.setAfterPromises(assignment.peers().afterPromises());
    if (assignment.peers().offered().revision() != 0) {
      wire.setPeers(
          Peers.newBuilder()
              .setAcknowledged(peers(assignment.peers().acknowledged()))
              .setOffered(peers(assignment.peers().offered())));
    }
    return wire.addAllChecks(CheckCodec.encode(assignment.checks())).build();
  }

  private static PeerList peers(io.baton.coordinator.state.PeerList list) {
    PeerList.Builder wire = PeerList.newBuilder().setRevision(list.revision());
    list.peers()
        .forEach(
            peer ->
                wire.addPeers(
                    Peer.newBuilder()
                        .setMember(peer.member())
                        .setIncarnation(peer.incarnation())
                        .setAddress(peer.address())));
    return wire.build();
  }

  private static Order order(ToAgent.Order order) {
    return Order.newBuilder()
        .setSlot(order.slot())
        .setEpoch(order.epoch())
        .setRevokedAtRevision(order.revokedRevision())
        .setRevokeCause(Enums.cause(order.revokeCause()))
        .build();
  }

  private static Ack ack(ToAgent.Ack ack) {
    Ack.Builder wire =
        Ack.newBuilder()
            .setSession(ack.session())
            .setRevision(ack.revision())
            .setNumber(ack.number());
    ack.covered().forEach(c -> wire.addCovered(coverage(c)));
    return wire.build();
  }

  private static Coverage coverage(ToAgent.Coverage coverage) {
    return Coverage.newBuilder()
        .setGroup(coverage.group())
        .setJoinRevision(coverage.joinRevision())
        .setTtlMillis(coverage.ttlMillis())
        .build();
  }

  private static JoinAnswer joinAnswer(ToAgent.JoinAnswer answer) {
    JoinAnswer.Builder wire =
        JoinAnswer.newBuilder()
            .setSession(answer.session())
            .setRevision(answer.revision())
            .setJoinId(answer.joinId())
            .setGroup(answer.group());
    ToAgent.Coverage joined = answer.joined();
    if (joined != null) {
      wire.setJoined(coverage(joined));
    }
    Outcome.Rejected refused = answer.refused();
    if (refused != null) {
      wire.setRefused(refusedJoin(refused));
    }
    return wire.build();
  }

  /** The state names a join's fields; on the wire their path begins with the message. */
  private static ErrorDetail refusedJoin(Outcome.Rejected refused) {
    boolean ofTheJoin = Join.getDescriptor().findFieldByName(refused.field()) != null;
    String field = ofTheJoin ? "join." + refused.field() : refused.field();
    return Errors.detail(Errors.code(refused.code()), field, refused.message());
  }

  /** Members are told of one view after the other; they share all but the session. */
  @SuppressWarnings("ReferenceEquality") // the same list is a copy of the same view
  private GroupView groupView(ToAgent.GroupView view) {
    if (view.active() != lastActive || !view.group().equals(lastView.getGroup())) {
      lastActive = view.active();
      lastView = bounded(view);
    }
    return lastView.toBuilder()
        .setSession(view.session())
        .setRevision(view.revision())
        .setSlots(view.slots())
        .build();
  }

  /** Leaves out what makes it too large for an agent: metadata, or addresses as well. */
  private static GroupView bounded(ToAgent.GroupView view) {
    GroupView whole = groupView(view, true, true);
    if (whole.getSerializedSize() <= MAX_VIEW_BYTES) {
      return whole;
    }
    GroupView addresses = groupView(view, true, false);
    return addresses.getSerializedSize() <= MAX_VIEW_BYTES
        ? addresses
        : groupView(view, false, false);
  }

  private static GroupView groupView(
      ToAgent.GroupView view, boolean withAddresses, boolean withMetadata) {
    GroupView.Builder wire = GroupView.newBuilder().setGroup(view.group());
    for (ToAgent.Active active : view.active()) {
      ActiveMember.Builder member =
          ActiveMember.newBuilder()
              .setSlot(active.slot())
              .setEpoch(active.epoch())
              .setMember(active.member())
              .setStarted(active.started());
      if (withAddresses) {
        member.setAddress(active.address());
      }
      if (withMetadata) {
        member.putAllMetadata(active.metadata());
      }
      wire.addActive(member);
    }
    return wire.build();
  }

  private static SessionGone sessionGone(ToAgent.SessionGone gone) {
    return SessionGone.newBuilder()
        .setSession(gone.session())
        .setRevision(gone.revision())
        .setCause(Enums.cause(gone.cause()))
        .build();
  }
}
