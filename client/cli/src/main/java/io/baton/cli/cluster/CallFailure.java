package io.baton.cli.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call says: what it was, whether to ask again, and what to tell people. Pure.
 *
 * @param by who was asked
 * @param status gRPC's word
 * @param detail the coordinator's own words; empty where it had no say
 * @param text gRPC's words; one line
 * @param handedOver whether anybody can have read the request
 */
record CallFailure(
    Endpoint by, Status.Code status, ErrorDetail detail, String text, boolean handedOver) {
  private static final Metadata.Key<byte[]> TRAILER =
      Metadata.Key.of("baton-error-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final Map<String, String> OPTIONS =
      Map.of(
          "spec.ttl_millis", "--ttl (in ms)",
          "spec.promote_millis", "--promote-deadline (in ms)",
          "spec.demote_millis", "--demote-deadline (in ms)",
          "wait_millis", "--deadline (in ms)",
          "raft_address", "--raft",
          "api_address", "--api",
          "http_address", "--http");

  static CallFailure of(Endpoint by, StatusRuntimeException failure, boolean handedOver) {
    return of(by, failure.getStatus(), failure.getTrailers(), handedOver);
  }

  static CallFailure of(
      Endpoint by, Status status, @Nullable Metadata trailers, boolean handedOver) {
    byte[] bytes = trailers == null ? null : trailers.get(TRAILER);
    return new CallFailure(by, status.getCode(), parse(bytes), text(status), handedOver);
  }

  private static ErrorDetail parse(byte @Nullable [] bytes) {
    try {
      return bytes == null ? ErrorDetail.getDefaultInstance() : ErrorDetail.parseFrom(bytes);
    } catch (InvalidProtocolBufferException foreign) {
      return ErrorDetail.getDefaultInstance();
    }
  }

  /** The innermost cause says it best ("Connection refused"); never a stack trace. */
  private static String text(Status status) {
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "no answer in time";
    }
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause == null ? status.getDescription() : cause.getMessage();
    return text == null ? status.getCode().name() : text.lines().findFirst().orElse("");
  }

  /** A coordinator of ours answered, if only to refuse. */
  boolean fromCoordinator() {
    return detail.getCode() != ErrorCode.ERROR_CODE_UNSPECIFIED;
  }

  boolean notLeader() {
    return detail.getCode() == ErrorCode.ERROR_CODE_NOT_LEADER;
  }

  /** Certainly nothing has happened, and elsewhere or later something may. */
  boolean notTried() {
    return notLeader()
        || detail.getCode() == ErrorCode.ERROR_CODE_OVERLOADED
        || (withoutAnswer() && !handedOver);
  }

  /** It may have happened, or may yet. */
  boolean outcomeUnknown() {
    return detail.getCode() == ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN
        || (withoutAnswer() && handedOver);
  }

  private boolean withoutAnswer() {
    return !fromCoordinator()
        && (status == Status.Code.UNAVAILABLE
            || status == Status.Code.UNKNOWN
            || status == Status.Code.DEADLINE_EXCEEDED
            || status == Status.Code.CANCELLED);
  }

  /** How the run ends if this is the last word. */
  Failure toFailure() {
    return switch (detail.getCode()) {
      case ERROR_CODE_INVALID -> new Failure(ExitCode.USAGE, inField(), refusal());
      case ERROR_CODE_NOT_FOUND ->
          new Failure(ExitCode.NOT_FOUND, message() + "; see what there is: " + listing());
      case ERROR_CODE_ALREADY_EXISTS, ERROR_CODE_PRECONDITION ->
          new Failure(ExitCode.PRECONDITION, message() + "; look at: baton status", refusal());
      case ERROR_CODE_CONFLICT ->
          new Failure(ExitCode.PRECONDITION, message() + afterConflict(), refusal());
      case ERROR_CODE_WRONG_CLUSTER ->
          new Failure(ExitCode.PRECONDITION, message() + "; check -e / BATON_ENDPOINTS");
      case ERROR_CODE_OVERLOADED ->
          new Failure(
              ExitCode.FAILED, by + " is overloaded and did not try; repeat a little later");
      case ERROR_CODE_NOT_LEADER ->
          new Failure(
              ExitCode.NO_LEADER, by + " knows of no leader; look at: baton status --local");
      case ERROR_CODE_OUTCOME_UNKNOWN -> unknownOutcome();
      case ERROR_CODE_COMPACTED ->
          new Failure(ExitCode.FAILED, "COMPACTED: " + message() + "; what is left: baton history");
      case ERROR_CODE_STALE_REQUEST ->
          new Failure(
              ExitCode.FAILED,
              "the cluster no longer remembers whether this request ran; look at baton history"
                  + " before you repeat it");
      case ERROR_CODE_READ_ONLY ->
          new Failure(
              ExitCode.FAILED,
              "the cluster is read-only: a disk is nearly full (" + by + "); free space there");
      case ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> withoutDetail();
    };
  }

  private Failure withoutDetail() {
    return switch (status) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, UNKNOWN, CANCELLED -> unknownOutcome();
      case PERMISSION_DENIED ->
          new Failure(ExitCode.PERMISSION, "permission denied by " + by + ": " + message());
      case UNAUTHENTICATED ->
          new Failure(ExitCode.PERMISSION, by + " does not know who asks: " + message());
      case UNIMPLEMENTED ->
          new Failure(
              ExitCode.FAILED,
              by + " does not know this request: is it a coordinator, and of this version?");
      case INVALID_ARGUMENT -> new Failure(ExitCode.USAGE, message());
      case NOT_FOUND -> new Failure(ExitCode.NOT_FOUND, message());
      case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS ->
          new Failure(ExitCode.PRECONDITION, message());
      default -> new Failure(ExitCode.FAILED, by + ": " + message() + " (" + status + ")");
    };
  }

  /** Only a coordinator goes by a plain id. */
  private String listing() {
    return detail.getField().equals("id")
        ? "baton coordinator list"
        : "baton groups, baton members";
  }

  /** Any other conflict's own words say what to do. */
  private String afterConflict() {
    return detail.getField().equals("if_revision")
        ? "; read it again (baton group describe) and repeat with its revision"
        : "";
  }

  /** How the run ends if nothing better was heard of a command that somebody may have read. */
  Failure unknownOutcome() {
    return new Failure(
        ExitCode.OUTCOME_OPEN,
        "it may have been carried out ("
            + by
            + ": "
            + doubt()
            + "); look before you repeat it: baton status, baton history");
  }

  /** A coordinator that doesn't know advises programs, which can repeat a request under its id. */
  private String doubt() {
    return detail.getCode() == ErrorCode.ERROR_CODE_OUTCOME_UNKNOWN ? "outcome unknown" : message();
  }

  private Failure.Refusal refusal() {
    return new Failure.Refusal(detail.getField(), message());
  }

  private String inField() {
    String field = detail.getField();
    return field.isEmpty() ? message() : OPTIONS.getOrDefault(field, field) + ": " + message();
  }

  /** One line for people. */
  String message() {
    return detail.getMessage().isEmpty() ? text : detail.getMessage();
  }
}
