package io.baton.agent.health;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;

/** Asks by gRPC's health protocol; a connection a look, as a client would come. */
final class GrpcCheck implements Check {
  private final String address;
  private final HealthCheckRequest request;

  GrpcCheck(String address, String service) {
    this.address = address;
    this.request = HealthCheckRequest.newBuilder().setService(service).build();
  }

  @Override
  public void run() throws IOException {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      ServingStatus status = HealthGrpc.newBlockingStub(channel).check(request).getStatus();
      if (status != ServingStatus.SERVING) {
        throw new IOException(address + " answers " + status);
      }
    } catch (StatusRuntimeException e) {
      throw new IOException(address + ": " + e.getStatus(), e);
    } finally {
      channel.shutdownNow();
    }
  }
}
