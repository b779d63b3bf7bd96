package io.baton.coordinator.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.baton.coordinator.service.Api;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP port: {@code /health} (the process lives; alias {@code /livez}) and {@code /ready} (send
 * it work; alias {@code /readyz}). Thread-safe.
 */
public final class OpsServer implements AutoCloseable {
  static {
    // Without it a keep-alive connection waits 40 ms for each answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int THREADS = 8;
  private static final int WAITING = 64;
  private static final int BACKLOG = 128;

  private final String identity;
  private final Readiness readiness;
  private final ThreadPoolExecutor threads;
  private final HttpServer server;
  private volatile boolean serving;

  private OpsServer(String identity, Readiness readiness, HttpServer server) {
    this.identity = identity;
    this.readiness = readiness;
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            OpsServer::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens the port; not ready until {@link #serving}.
   *
   * @param cluster, id, version no character that JSON would escape
   * @param core runs what asks {@code api}
   * @throws IOException the port can't be bound
   */
  public static OpsServer start(
      InetSocketAddress bind, String cluster, String id, String version, Api api, Executor core)
      throws IOException {
    String identity =
        "\"cluster\":\"" + cluster + "\",\"id\":\"" + id + "\",\"version\":\"" + version + "\"";
    OpsServer ops =
        new OpsServer(identity, new Readiness(api, core), HttpServer.create(bind, BACKLOG));
    ops.server.setExecutor(ops.threads);
    ops.server.createContext("/", ops::handle);
    ops.server.start();
    return ops;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "baton-http");
    thread.setDaemon(true);
    return thread;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** {@code /ready} may say so from now on. */
  public void serving() {
    serving = true;
  }

  private record Answer(int status, String body) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(HttpExchange exchange) throws InterruptedException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return new Answer(405, body("method not allowed", ""));
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/health", "/livez" -> new Answer(200, body("ok", ""));
      case "/ready", "/readyz" -> ready();
      default -> new Answer(404, body("not found", ""));
    };
  }

  private Answer ready() throws InterruptedException {
    Optional<String> obstacle =
        serving ? readiness.obstacle() : Optional.of("is starting or stopping");
    return obstacle
        .map(reason -> new Answer(503, body("not ready", ",\"reason\":\"" + reason + "\"")))
        .orElseGet(() -> new Answer(200, body("ready", "")));
  }

  private String body(String status, String more) {
    return "{\"status\":\"" + status + "\"," + identity + more + "}\n";
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Not ready from now on; closes the port at once. */
  @Override
  public void close() {
    serving = false;
    server.stop(0);
    threads.shutdownNow();
  }
}
