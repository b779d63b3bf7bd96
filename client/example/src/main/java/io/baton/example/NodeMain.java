package io.baton.example;

import io.baton.agent.Agent;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One node of the job scheduler: a process that embeds the agent and runs jobs while it is active.
 *
 * <p>The options of every node ({@link NodeOptions}), and {@code --database-url} (H2's server on
 * this machine).
 */
public final class NodeMain {
  private static final Set<String> OWN_OPTIONS = Set.of("--database-url");

  private static final int RETRY_MILLIS = 200;

  private NodeMain() {}

  /** Runs until the process is stopped; SIGTERM hands over first. */
  public static void main(String[] args) throws InterruptedException {
    try {
      NodeOptions options = NodeOptions.parse(args, OWN_OPTIONS);
      String url =
          options.arguments().orElse("--database-url", "jdbc:h2:tcp://127.0.0.1:9092/./jobs");
      run(options, new Database(url));
    } catch (IllegalArgumentException e) {
      System.err.println("node: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(NodeOptions options, Database database) throws InterruptedException {
    CompletableFuture<Agent> started = new CompletableFuture<>();
    Supervision supervision = new ByTheAgent(started, options);
    SchedulerRole role = new SchedulerRole(database, options.member(), supervision);
    Agent agent = options.agent().listener(role).start();
    started.complete(agent);

    // Until then the member is SYNCING: no candidate, because it could not do the work.
    awaitDatabase(database, supervision);
    agent.ready();
    EventLine.print("ready", "group=" + options.group() + " member=" + options.member());
    standBy(role, supervision);
  }

  private static void awaitDatabase(Database database, Supervision supervision)
      throws InterruptedException {
    while (true) {
      try {
        database.createSchema();
        return;
      } catch (SQLException e) {
        EventLine.print("database-trouble", "error=\"" + e.getMessage() + '"');
        supervision.moved();
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
  }

  /** While no jobs are run there is no other loop that could say that this process is alive. */
  private static void standBy(SchedulerRole role, Supervision supervision)
      throws InterruptedException {
    while (true) {
      if (!role.isActive()) {
        supervision.moved();
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  /** The agent makes a member UNHEALTHY whose loop stands still, and takes leases back. */
  private record ByTheAgent(CompletableFuture<Agent> agent, NodeOptions options)
      implements Supervision {
    @Override
    public void moved() {
      options.hangIfTold();
      agent.join().progress(NodeOptions.LOOP);
    }

    @Override
    public void failed() {
      agent.join().resign();
    }
  }
}
