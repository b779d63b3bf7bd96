package io.baton.agent.runtime;

import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Promise;
import io.baton.proto.v1.AgreeRequest;
import io.baton.proto.v1.AgreeResponse;
import io.baton.proto.v1.PeerServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Answers other members of the agent's groups. */
final class PeerServer implements AutoCloseable {
  private static final int LARGEST_MESSAGE_BYTES = 64 * 1024;
  private static final int CALLS_A_CONNECTION = 64;
  private static final int PING_SECONDS = 5;

  private final Server server;

  private PeerServer(Server server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @throws UncheckedIOException it can't listen there
   */
  static PeerServer start(PeerSettings settings, Executor executor, Function<Ask, Promise> core) {
    Endpoint bind = Endpoint.parse(settings.bind());
    try {
      return new PeerServer(
          NettyServerBuilder.forAddress(new InetSocketAddress(bind.host(), bind.port()))
              .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
              .maxConcurrentCallsPerConnection(CALLS_A_CONNECTION)
              .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
              .permitKeepAliveWithoutCalls(true)
              .executor(executor)
              .addService(new Service(core))
              .build()
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("peers: can't listen on " + settings.bind(), e);
    }
  }

  private static final class Service extends PeerServiceGrpc.PeerServiceImplBase {
    private final Function<Ask, Promise> core;

    Service(Function<Ask, Promise> core) {
      this.core = core;
    }

    @Override
    public void agree(AgreeRequest request, StreamObserver<AgreeResponse> out) {
      Promise promise =
          core.apply(
              new Ask(
                  request.getClusterId(),
                  request.getGroup(),
                  request.getMember(),
                  request.getEpoch(),
                  request.getPeer(),
                  request.getIncarnation()));
      out.onNext(
          AgreeResponse.newBuilder()
              .setPromisedMillis(promise.millis())
              .setRefusal(promise.refusal())
              .build());
      out.onCompleted();
    }
  }

  /** Answers nobody any more; returns at once. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
