package io.baton.jepsen.workload;

import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.ErrorDetail;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.net.ConnectException;
import java.util.function.Supplier;

/** Sorts what a request can come to. */
public final class Requests {
  private static final Metadata.Key<ErrorDetail> DETAIL =
      Metadata.Key.of(
          "baton-error" + Metadata.BINARY_HEADER_SUFFIX,
          ProtoUtils.metadataMarshaller(ErrorDetail.getDefaultInstance()));

  private Requests() {}

  /** Blocks until the request is answered or given up. */
  public static <T> Reply<T> ask(Supplier<T> request) {
    try {
      return new Reply.Done<>(request.get());
    } catch (StatusRuntimeException failure) {
      return sort(failure);
    }
  }

  private static <T> Reply<T> sort(StatusRuntimeException failure) {
    ErrorDetail detail = detail(failure);
    return switch (detail.getCode()) {
      case ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> withoutWord(failure);
      case ERROR_CODE_NOT_LEADER, ERROR_CODE_OVERLOADED, ERROR_CODE_READ_ONLY ->
          new Reply.NotTried<>(detail.getCode().name());
      case ERROR_CODE_OUTCOME_UNKNOWN -> new Reply.Unknown<>(detail.getCode().name());
      default -> new Reply.Refused<>(detail.getCode());
    };
  }

  /** What the coordinator said of the failure; the default instance where it said nothing. */
  static ErrorDetail detail(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    ErrorDetail detail = trailers == null ? null : trailers.get(DETAIL);
    return detail == null ? ErrorDetail.getDefaultInstance() : detail;
  }

  static boolean isCompacted(StatusRuntimeException failure) {
    return detail(failure).getCode() == ErrorCode.ERROR_CODE_COMPACTED;
  }

  private static <T> Reply<T> withoutWord(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return new Reply.NotTried<>("connection refused");
      }
    }
    return new Reply.Unknown<>(status.getCode().name());
  }
}
