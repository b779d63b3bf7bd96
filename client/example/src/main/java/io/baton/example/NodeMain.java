package io.baton.example;

import io.baton.agent.Agent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One node of the job scheduler: a process that embeds the agent and runs jobs while it is active.
 *
 * <p>{@code --member} (required), {@code --group} (jobs), {@code --endpoints} ({@code
 * BATON_ENDPOINTS}, else a coordinator on this machine), {@code --database-url} (H2's server on
 * this machine), {@code --state-dir} (none), {@code --address} (what clients would connect to;
 * none).
 */
public final class NodeMain {
  private static final Set<String> OPTIONS =
      new TreeSet<>(
          Set.of(
              "--member", "--group", "--endpoints", "--database-url", "--state-dir", "--address"));

  private static final int RETRY_MILLIS = 200;

  private NodeMain() {}

  /** Runs until the process is stopped; SIGTERM hands over first. */
  public static void main(String[] args) throws InterruptedException {
    try {
      run(Arguments.parse(args, OPTIONS));
    } catch (IllegalArgumentException e) {
      System.err.println("node: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Arguments arguments) throws InterruptedException {
    String member = arguments.required("--member");
    String group = arguments.orElse("--group", "jobs");
    String endpoints =
        arguments.orElse(
            "--endpoints", System.getenv().getOrDefault("BATON_ENDPOINTS", "127.0.0.1:7000"));
    Database database =
        new Database(arguments.orElse("--database-url", "jdbc:h2:tcp://127.0.0.1:9092/./jobs"));

    CompletableFuture<Agent> started = new CompletableFuture<>();
    Runnable resign = () -> started.join().resign(group);
    var builder =
        Agent.builder()
            .endpoints(endpoints.split(",", -1))
            .group(group)
            .member(member)
            .address(arguments.orElse("--address", ""))
            .listener(new SchedulerRole(database, member, resign))
            .shutdownHook(true);
    String stateDir = arguments.orNull("--state-dir");
    if (stateDir != null) {
      builder.stateDirectory(Path.of(stateDir));
    }
    Agent agent = builder.start();
    started.complete(agent);

    // Until then the member is SYNCING: no candidate, because it could not do the work.
    awaitDatabase(database);
    agent.ready();
    EventLine.print("ready", "group=" + group + " member=" + member);
    new CountDownLatch(1).await();
  }

  private static void awaitDatabase(Database database) throws InterruptedException {
    while (true) {
      try {
        database.createSchema();
        return;
      } catch (SQLException e) {
        EventLine.print("database-trouble", "error=\"" + e.getMessage() + '"');
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
  }
}
