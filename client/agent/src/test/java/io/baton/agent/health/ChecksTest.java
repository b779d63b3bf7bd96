package io.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class ChecksTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  // ------------------------------------------------------------------ http

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void anHttpAnswerOfSuccessPasses(int status) throws Exception {
    HttpServer server = answering(status);
    try {
      assertThatCode(Checks.http(uri(server))::run).doesNotThrowAnyException();
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404, 503})
  void anyOtherHttpAnswerFailsWithItsStatus(int status) throws Exception {
    HttpServer server = answering(status);
    try {
      assertThatThrownBy(Checks.http(uri(server))::run).hasMessageEndingWith("answers " + status);
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer answering(int status) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
  }

  // ------------------------------------------------------------------ tcp

  @Test
  void whereSomebodyListensTcpPassesAndElsewhereItFails() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
      port = listener.getLocalPort();
      assertThatCode(Checks.tcp("127.0.0.1", port)::run).doesNotThrowAnyException();
    }
    assertThatThrownBy(Checks.tcp("127.0.0.1", port)::run)
        .hasMessageContaining("127.0.0.1:" + port);
    assertThatThrownBy(Checks.tcp("no-such-host.invalid", port)::run)
        .hasMessageContaining("there is no such host");
  }

  // ------------------------------------------------------------------ gRPC

  @Test
  void aGrpcServicePassesWhileItServes() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, 0))
            .addService(health.getHealthService())
            .build()
            .start();
    try {
      Check check = Checks.grpc("127.0.0.1:" + server.getPort(), "orders");
      health.setStatus("orders", ServingStatus.SERVING);
      assertThatCode(check::run).doesNotThrowAnyException();
      health.setStatus("orders", ServingStatus.NOT_SERVING);
      assertThatThrownBy(check::run).hasMessageEndingWith("answers NOT_SERVING");
    } finally {
      server.shutdownNow().awaitTermination();
    }
  }

  @Test
  void aGrpcServerThatIsNotThereIsNamedInOneLine() throws Exception {
    int port;
    try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
      port = listener.getLocalPort();
    }
    for (String host : List.of("127.0.0.1", "[::1]", "localhost")) {
      String address = host + ":" + port;
      assertThatThrownBy(Checks.grpc(address, "")::run)
          .hasMessageMatching("(?s)[^\n]*")
          .hasMessageStartingWith(address + ": UNAVAILABLE io exception (")
          .hasMessageNotContaining("\tat ");
    }
  }

  /** Though gRPC has a scheme of that name. */
  @Test
  void aGrpcServersNameIsAlwaysAHosts() {
    assertThatThrownBy(Checks.grpc("unix:80", "")::run)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("unix:80: UNAVAILABLE Unable to resolve host unix");
  }

  // ------------------------------------------------------------------ command

  @Test
  void aCommandPassesWithItsExitCodeAndFailsWithItsLastLine() {
    assertThatCode(Checks.command("true")::run).doesNotThrowAnyException();
    assertThatThrownBy(Checks.command("sh", "-c", "echo one; echo two >&2; echo; exit 3")::run)
        .hasMessage("sh ended with 3: two");
    assertThatThrownBy(Checks.command("sh", "-c", "seq 100000; exit 1")::run)
        .hasMessage("sh ended with 1: 100000");
    assertThatThrownBy(Checks.command("no-such-command-anywhere")::run)
        .hasMessageContaining("no-such-command-anywhere");
  }

  @Test
  void anInterruptedCommandIsKilledWithWhatItStarted(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    String script = "sleep 600 & echo $! > " + pid + ".tmp; mv " + pid + ".tmp " + pid + "; wait";
    Thread thread =
        new Thread(
            () -> {
              try {
                Checks.command("sh", "-c", script).run();
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    thread.start();
    await().until(() -> Files.exists(pid));
    ProcessHandle sleeper =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

    thread.interrupt();
    thread.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    await().until(() -> !sleeper.isAlive());
  }

  // ------------------------------------------------------------------ disk and movement

  @Test
  void aDiskPassesWhileItHasRoom(@TempDir Path directory) {
    assertThatCode(Checks.diskSpace(directory, 1)::run).doesNotThrowAnyException();
    assertThatThrownBy(Checks.diskSpace(directory, Long.MAX_VALUE)::run)
        .hasMessageContaining("bytes left");
  }

  @Test
  void aLoopThatStandsStillFails() {
    AtomicLong nanos = new AtomicLong(-5);
    Movement loop = new Movement(Duration.ofMillis(100), nanos::get);
    nanos.addAndGet(100_000_000);
    assertThatCode(loop::run).doesNotThrowAnyException();
    nanos.addAndGet(1_000_000);
    assertThatThrownBy(loop::run).hasMessage("has not moved for more than 100 ms");
    loop.moved();
    assertThatCode(loop::run).doesNotThrowAnyException();
  }
}
