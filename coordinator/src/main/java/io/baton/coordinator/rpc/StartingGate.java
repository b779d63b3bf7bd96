package io.baton.coordinator.rpc;

import io.baton.proto.v1.ErrorCode;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;

/** Turns calls away until the coordinator serves: its port is open before its log is. */
final class StartingGate implements ServerInterceptor {
  private volatile boolean open;

  void open() {
    open = true;
  }

  ServerServiceDefinition guard(BindableService service) {
    return ServerInterceptors.intercept(service, this);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (open) {
      return next.startCall(call, headers);
    }
    StatusRuntimeException starting =
        Errors.of(
            Errors.detail(
                ErrorCode.ERROR_CODE_NOT_LEADER,
                "",
                "this coordinator is starting; nothing was done: try again, or another one"));
    Metadata trailers = starting.getTrailers();
    call.close(starting.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
