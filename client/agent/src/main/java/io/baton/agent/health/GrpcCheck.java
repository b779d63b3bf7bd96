package io.baton.agent.health;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.StringJoiner;

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
    ManagedChannel channel = NettyChannelBuilder.forTarget(target()).usePlaintext().build();
    try {
      ServingStatus status = HealthGrpc.newBlockingStub(channel).check(request).getStatus();
      if (status != ServingStatus.SERVING) {
        throw new IOException(address + " answers " + status);
      }
    } catch (StatusRuntimeException e) {
      throw new IOException(address + ": " + describe(e.getStatus()), e);
    } finally {
      channel.shutdownNow();
    }
  }

  /** A host may be called as gRPC calls a scheme: unix. An IPv6 one's brackets are quoted. */
  private String target() throws IOException {
    try {
      return new URI("dns", "", "/" + address, null).toString();
    } catch (URISyntaxException e) {
      throw new IOException(address + " is not host:port", e);
    }
  }

  /** One line: a status by itself brings the stack trace of its cause. */
  private static String describe(Status status) {
    StringJoiner words = new StringJoiner(" ");
    words.add(status.getCode().name());
    if (status.getDescription() != null) {
      words.add(status.getDescription());
    }
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    if (root != null && root.getMessage() != null) {
      words.add("(" + root.getMessage() + ")");
    }
    return words.toString().replaceAll("\\s+", " ");
  }
}
