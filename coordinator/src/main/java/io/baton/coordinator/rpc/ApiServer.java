package io.baton.coordinator.rpc;

import io.baton.coordinator.service.Api;
import io.baton.coordinator.service.Membership;
import io.baton.coordinator.state.ClusterState;
import io.baton.proto.v1.AdminServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The API's port: our three services, gRPC's health service and reflection. Thread-safe; {@link
 * #close} blocks for at most a second.
 */
public final class ApiServer implements AutoCloseable {
  /** Largest message taken from a client, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 256 * 1024;

  private static final int THREADS = 4;
  private static final long SMALLEST_CLIENT_KEEPALIVE_MILLIS = 500;

  private final ExecutorService threads;
  private final StartingGate gate;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;

  private ApiServer(ExecutorService threads, StartingGate gate, NettyServerBuilder builder) {
    this.threads = threads;
    this.gate = gate;
    this.server = builder.addService(health.getHealthService()).build();
  }

  /**
   * Opens the port. Until {@link #serving}, the health service says NOT_SERVING and our services
   * answer that this coordinator is starting.
   *
   * @param core where everything that arrives is handed to {@code api}
   * @param wallMillis for people
   * @param stateHash SHA-256 of the canonical state, hex
   * @param unguarded served from the beginning: what coordinators ask each other before they serve
   * @throws IOException the port can't be bound
   */
  public static ApiServer start(
      InetSocketAddress bind,
      Identity identity,
      Api api,
      CoreQueue core,
      Membership membership,
      LongSupplier wallMillis,
      Function<ClusterState, String> stateHash,
      List<BindableService> unguarded)
      throws IOException {
    StartingGate gate = new StartingGate();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, ApiServer::thread);
    ClusterQueries cluster = new ClusterQueries(identity, wallMillis, stateHash);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(bind)
            .executor(threads)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .handshakeTimeout(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .permitKeepAliveTime(SMALLEST_CLIENT_KEEPALIVE_MILLIS, TimeUnit.MILLISECONDS)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(5, TimeUnit.SECONDS)
            .addService(gate.guard(new AdminEndpoint(api, core, membership, cluster)))
            .addService(gate.guard(new SessionEndpoint(api, core)))
            .addService(gate.guard(new WatchEndpoint(api, core)))
            .addService(ProtoReflectionServiceV1.newInstance());
    unguarded.forEach(builder::addService);
    ApiServer server = new ApiServer(threads, gate, builder);
    server.health(ServingStatus.NOT_SERVING);
    server.open();
    return server;
  }

  private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "baton-rpc-" + THREAD_NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private void open() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      threads.shutdownNow();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Requests are taken and the health service says SERVING from now on. */
  public void serving() {
    gate.open();
    health(ServingStatus.SERVING);
  }

  private void health(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(AdminServiceGrpc.SERVICE_NAME, status);
  }

  /** Tells health watchers, ends every call, and closes the port. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
