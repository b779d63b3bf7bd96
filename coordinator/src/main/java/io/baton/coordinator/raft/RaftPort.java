package io.baton.coordinator.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Keeps Ratis's port to Raft. Its client and admin services, which it serves there as well, would
 * let whoever reaches the port write, change members or delete the group with its files (trap 21);
 * we have no use for either.
 */
final class RaftPort implements ServerInterceptor {
  private static final String RAFT = "ratis.grpc.RaftServerProtocolService";

  private RaftPort() {}

  /** What to pass to Ratis beside its properties. */
  static Parameters parameters() {
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters, (builder, types) -> builder.intercept(new RaftPort()));
    return parameters;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (RAFT.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription("this port serves Raft only"), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
