package io.baton.coordinator.rpc;

import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.Refusal;
import io.baton.coordinator.state.Outcome;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.baton.proto.v1.LeaderAddress;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;

/** The table of errors: each code has one gRPC status, and its detail rides in a trailer. */
final class Errors {
  /** The trailer {@code baton-error-bin}. */
  static final Metadata.Key<ErrorDetail> DETAIL =
      Metadata.Key.of(
          "baton-error" + Metadata.BINARY_HEADER_SUFFIX,
          ProtoUtils.metadataMarshaller(ErrorDetail.getDefaultInstance()));

  private Errors() {}

  /** The gRPC status of a code (types.proto names each). */
  static Status.Code status(ErrorCode code) {
    return switch (code) {
      case ERROR_CODE_INVALID -> Status.Code.INVALID_ARGUMENT;
      case ERROR_CODE_NOT_FOUND -> Status.Code.NOT_FOUND;
      case ERROR_CODE_ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case ERROR_CODE_PRECONDITION, ERROR_CODE_STALE_REQUEST, ERROR_CODE_WRONG_CLUSTER ->
          Status.Code.FAILED_PRECONDITION;
      case ERROR_CODE_CONFLICT -> Status.Code.ABORTED;
      case ERROR_CODE_OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
      case ERROR_CODE_NOT_LEADER, ERROR_CODE_READ_ONLY -> Status.Code.UNAVAILABLE;
      case ERROR_CODE_OUTCOME_UNKNOWN -> Status.Code.UNKNOWN;
      case ERROR_CODE_COMPACTED -> Status.Code.OUT_OF_RANGE;
      case ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> Status.Code.INTERNAL;
    };
  }

  static StatusRuntimeException of(ErrorDetail detail) {
    Metadata trailers = new Metadata();
    trailers.put(DETAIL, detail);
    String where = detail.getField().isEmpty() ? "" : detail.getField() + ": ";
    return status(detail.getCode())
        .toStatus()
        .withDescription(where + detail.getMessage())
        .asRuntimeException(trailers);
  }

  static StatusRuntimeException of(InvalidRequest invalid) {
    return of(detail(ErrorCode.ERROR_CODE_INVALID, invalid.field(), invalid.text()));
  }

  static StatusRuntimeException of(Outcome.Rejected rejected) {
    return of(detail(code(rejected.code()), rejected.field(), rejected.message()));
  }

  static StatusRuntimeException of(Refusal refusal) {
    return of(detail(refusal));
  }

  static StatusRuntimeException overloaded() {
    return of(new Refusal.Overloaded());
  }

  static StatusRuntimeException compacted(String field, long compactedRevision) {
    return of(
        detail(
            ErrorCode.ERROR_CODE_COMPACTED,
            field,
            "events up to revision "
                + compactedRevision
                + " are gone: read the present state, then watch from its revision"));
  }

  static ErrorCode code(Outcome.Code code) {
    return switch (code) {
      case INVALID -> ErrorCode.ERROR_CODE_INVALID;
      case NOT_FOUND -> ErrorCode.ERROR_CODE_NOT_FOUND;
      case ALREADY_EXISTS -> ErrorCode.ERROR_CODE_ALREADY_EXISTS;
      case PRECONDITION -> ErrorCode.ERROR_CODE_PRECONDITION;
      case CONFLICT -> ErrorCode.ERROR_CODE_CONFLICT;
      case STALE_REQUEST -> ErrorCode.ERROR_CODE_STALE_REQUEST;
    };
  }

  static ErrorDetail detail(ErrorCode code, String field, String message) {
    return ErrorDetail.newBuilder().setCode(code).setField(field).setMessage(message).build();
  }

  static ErrorDetail detail(Refusal refusal) {
    if (refusal instanceof Refusal.NotLeader notLeader) {
      return notLeader(notLeader.hint());
    } else if (refusal instanceof Refusal.Overloaded) {
      return detail(
          ErrorCode.ERROR_CODE_OVERLOADED,
          "",
          "too much is waiting; nothing was done: try again with back-off");
    } else if (refusal instanceof Refusal.ReadOnly) {
      return detail(
          ErrorCode.ERROR_CODE_READ_ONLY,
          "",
          "the coordinator leader is short of disk space and takes no changes: free some space");
    } else if (refusal instanceof Refusal.OutcomeUnknown) {
      return detail(
          ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN,
          "",
          "it may have happened or may yet: repeat it with the same request id");
    }
    return refusedStream(refusal);
  }

  private static ErrorDetail refusedStream(Refusal refusal) {
    if (refusal instanceof Refusal.WrongCluster other) {
      return detail(
          ErrorCode.ERROR_CODE_WRONG_CLUSTER,
          "open.cluster_id",
          "this is cluster " + other.clusterId() + ": check the endpoints");
    } else if (refusal instanceof Refusal.Replaced replaced) {
      return detail(ErrorCode.ERROR_CODE_CONFLICT, "open.stream_number", replaced.why());
    }
    throw new IllegalArgumentException("no error for " + refusal);
  }

  private static ErrorDetail notLeader(LeaderHint hint) {
    String message =
        hint.apiAddress().isEmpty()
            ? "no coordinator leader is known at the moment; nothing was done: try again"
            : "coordinator "
                + hint.leaderId()
                + " leads; nothing was done: ask "
                + hint.apiAddress();
    return detail(ErrorCode.ERROR_CODE_NOT_LEADER, "", message).toBuilder()
        .setLeader(leader(hint))
        .build();
  }

  static LeaderAddress leader(LeaderHint hint) {
    return LeaderAddress.newBuilder()
        .setTerm(hint.term())
        .setId(hint.leaderId())
        .setAddress(hint.apiAddress())
        .build();
  }
}
