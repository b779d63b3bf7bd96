package io.baton.agent.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.agent.protocol.ActiveMember;
import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.CoordinatorLoss;
import io.baton.agent.protocol.GroupCheck;
import io.baton.agent.protocol.GroupCheck.Kind;
import io.baton.agent.protocol.Inbound;
import io.baton.agent.protocol.Inbound.JoinRefused.Reason;
import io.baton.agent.protocol.LeaderHint;
import io.baton.agent.protocol.Peer;
import io.baton.agent.protocol.PeerList;
import io.baton.agent.protocol.StreamEnd;
import io.baton.proto.v1.Ack;
import io.baton.proto.v1.Assignment;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CompleteSet;
import io.baton.proto.v1.CoordinatorAddress;
import io.baton.proto.v1.CoordinatorMessage;
import io.baton.proto.v1.Coverage;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.GroupView;
import io.baton.proto.v1.JoinAnswer;
import io.baton.proto.v1.LeaderAddress;
import io.baton.proto.v1.Order;
import io.baton.proto.v1.SessionGone;
import io.baton.proto.v1.Welcome;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What coordinators say, as the core understands it. */
final class FromWire {
  static final Metadata.Key<byte[]> ERROR_DETAIL =
      Metadata.Key.of("baton-error-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private FromWire() {}

  /** Null: a message of a later version, to be passed over. */
  static @Nullable Inbound message(CoordinatorMessage message) {
    return switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome());
      case COMPLETE_SET -> completeSet(message.getCompleteSet());
      case ASSIGNMENT -> assignment(message.getAssignment());
      case ACK -> ack(message.getAck());
      case JOIN_ANSWER -> joinAnswer(message.getJoinAnswer());
      case GROUP_VIEW -> groupView(message.getGroupView());
      case SESSION_GONE -> sessionGone(message.getSessionGone());
      case LEADER_HINT -> new Inbound.Leader(hint(message.getLeaderHint()));
      case MESSAGE_NOT_SET -> null;
    };
  }

  static LeaderHint hint(io.baton.proto.v1.LeaderHint hint) {
    List<String> coordinators =
        hint.getCoordinatorsList().stream()
            .map(CoordinatorAddress::getAddress)
            .filter(address -> !address.isEmpty())
            .toList();
    return new LeaderHint(
        hint.getClusterId(),
        hint.getTerm(),
        hint.getLeaderAddress(),
        hint.getRevision(),
        coordinators);
  }

  private static Inbound welcome(Welcome welcome) {
    return new Inbound.Welcome(
        welcome.getClusterId(),
        welcome.getSession(),
        welcome.getDriftPermille(),
        welcome.getDefaultTtlMillis(),
        hint(welcome.getLeader()));
  }

  private static Inbound completeSet(CompleteSet set) {
    return new Inbound.CompleteSet(
        set.getSession(),
        set.getRevision(),
        set.getAssignmentsList().stream().map(FromWire::assignment).toList());
  }

  private static Inbound.Assignment assignment(Assignment assignment) {
    return new Inbound.Assignment(
        assignment.getSession(),
        assignment.getRevision(),
        assignment.getGroup(),
        assignment.getJoinRevision(),
        assignment.getTtlMillis(),
        assignment.getPromoteMillis(),
        assignment.getDemoteMillis(),
        assignment.getKeepaliveMillis(),
        loss(assignment.getOnCoordinatorLoss()),
        new Inbound.Peers(
            peers(assignment.getPeers().getAcknowledged()),
            peers(assignment.getPeers().getOffered()),
            assignment.getAfterPromises()),
        assignment.getLeasesList().stream().map(FromWire::order).toList(),
        assignment.getMembershipEnded() ? cause(assignment.getEndedCause()) : null,
        assignment.getChecksList().stream().map(FromWire::check).toList());
  }

  private static GroupCheck check(Check check) {
    return switch (check.getKindCase()) {
      case HTTP -> check(check, Kind.HTTP, List.of(check.getHttp().getUrl()));
      case TCP -> check(check, Kind.TCP, List.of(check.getTcp().getAddress()));
      case GRPC ->
          check(
              check,
              Kind.GRPC,
              List.of(check.getGrpc().getAddress(), check.getGrpc().getService()));
      case DISK -> check(check, Kind.DISK, List.of(check.getDisk().getPath()));
      case COMMAND -> check(check, Kind.COMMAND, check.getCommand().getArgvList());
      case KIND_NOT_SET -> check(check, Kind.UNKNOWN, List.of());
    };
  }

  private static GroupCheck check(Check check, Kind kind, List<String> target) {
    return new GroupCheck(
        check.getName(),
        kind,
        target,
        check.getDisk().getMinFreeBytes(),
        check.getIntervalMillis(),
        check.getTimeoutMillis(),
        check.getRise(),
        check.getFall());
  }

  /** What this version does not know it does not risk. */
  private static CoordinatorLoss loss(io.baton.proto.v1.CoordinatorLoss loss) {
    return switch (loss) {
      case COORDINATOR_LOSS_HOLD_IF_FENCED -> CoordinatorLoss.HOLD_IF_FENCED;
      case COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE -> CoordinatorLoss.HOLD_IF_PEERS_AGREE;
      default -> CoordinatorLoss.STOP;
    };
  }

  private static PeerList peers(io.baton.proto.v1.PeerList list) {
    return new PeerList(
        list.getRevision(),
        list.getPeersList().stream()
            .map(peer -> new Peer(peer.getMember(), peer.getIncarnation(), peer.getAddress()))
            .toList());
  }

  private static Inbound.Order order(Order order) {
    return new Inbound.Order(
        order.getSlot(),
        order.getEpoch(),
        order.getRevokedAtRevision() == 0 ? null : cause(order.getRevokeCause()));
  }

  private static Cause cause(io.baton.proto.v1.Cause cause) {
    return switch (cause) {
      case CAUSE_SWITCHOVER -> Cause.SWITCHOVER;
      case CAUSE_GROUP_DELETED -> Cause.GROUP_DELETED;
      case CAUSE_SUPERSEDED, CAUSE_PROVEN_DEAD -> Cause.SUPERSEDED;
      default -> Cause.REVOKED;
    };
  }

  private static Inbound ack(Ack ack) {
    return new Inbound.Ack(
        ack.getSession(),
        ack.getRevision(),
        ack.getNumber(),
        ack.getCoveredList().stream().map(FromWire::coverage).toList());
  }

  private static Inbound.Coverage coverage(Coverage coverage) {
    return new Inbound.Coverage(
        coverage.getGroup(), coverage.getJoinRevision(), coverage.getTtlMillis());
  }

  private static Inbound joinAnswer(JoinAnswer answer) {
    return new Inbound.JoinAnswer(
        answer.getSession(),
        answer.getRevision(),
        answer.getJoinId(),
        answer.getGroup(),
        answer.hasJoined() ? coverage(answer.getJoined()) : null,
        answer.hasRefused() ? refused(answer.getRefused()) : null);
  }

  private static Inbound.JoinRefused refused(ErrorDetail error) {
    Reason reason =
        switch (error.getCode()) {
          case ERROR_CODE_NOT_FOUND -> Reason.NOT_FOUND;
          case ERROR_CODE_ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
          case ERROR_CODE_INVALID, ERROR_CODE_PRECONDITION -> Reason.INVALID;
          default -> Reason.TRANSIENT;
        };
    return new Inbound.JoinRefused(reason, describe(error));
  }

  private static Inbound groupView(GroupView view) {
    return new Inbound.GroupView(
        view.getSession(),
        view.getRevision(),
        view.getGroup(),
        view.getSlots(),
        view.getActiveList().stream()
            .map(
                active ->
                    new ActiveMember(
                        active.getSlot(),
                        active.getEpoch(),
                        active.getMember(),
                        active.getAddress(),
                        active.getMetadataMap(),
                        active.getStarted()))
            .toList());
  }

  private static Inbound sessionGone(SessionGone gone) {
    return new Inbound.SessionGone(gone.getSession(), gone.getRevision(), gone.getCause().name());
  }

  /** Why a stream ended, by its status and the detail in its trailers. */
  static StreamEnd streamEnd(Status status, @Nullable Metadata trailers) {
    ErrorDetail detail = detail(trailers);
    if (detail == null) {
      String text = status.getCode() + " " + status.getDescription();
      return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
          ? new StreamEnd.Overloaded(text)
          : new StreamEnd.Broken(text);
    }
    return switch (detail.getCode()) {
      case ERROR_CODE_NOT_LEADER -> new StreamEnd.NotLeader(hint(detail.getLeader()));
      case ERROR_CODE_WRONG_CLUSTER, ERROR_CODE_INVALID -> new StreamEnd.Refused(describe(detail));
      case ERROR_CODE_OVERLOADED -> new StreamEnd.Overloaded(describe(detail));
      default -> new StreamEnd.Broken(describe(detail));
    };
  }

  private static LeaderHint hint(LeaderAddress leader) {
    return new LeaderHint(
        leader.getClusterId(), leader.getTerm(), leader.getAddress(), 0, List.of());
  }

  static @Nullable ErrorDetail detail(@Nullable Metadata trailers) {
    byte[] bytes = trailers == null ? null : trailers.get(ERROR_DETAIL);
    if (bytes == null) {
      return null;
    }
    try {
      return ErrorDetail.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return ErrorDetail.newBuilder().setMessage("unreadable detail: " + e.getMessage()).build();
    }
  }

  static String describe(ErrorDetail error) {
    return error.getField().isEmpty()
        ? error.getMessage()
        : error.getField() + ": " + error.getMessage();
  }
}
