package io.baton.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;

/**
 * The database of the example in a process of its own: H2's server on the loopback interface, and a
 * client that submits jobs at a steady rate.
 *
 * <p>{@code --port} (9092; 0 takes a free one), {@code --dir}, {@code --jobs-per-second} (50; 0:
 * none).
 */
public final class DatabaseMain {
  private static final Set<String> OPTIONS =
      new TreeSet<>(Set.of("--port", "--dir", "--jobs-per-second"));

  private DatabaseMain() {}

  /** Runs until the process is stopped. */
  public static void main(String[] args) throws Exception {
    Arguments arguments;
    int port;
    int jobsPerSecond;
    try {
      arguments = Arguments.parse(args, OPTIONS);
      port = arguments.number("--port", 9092);
      jobsPerSecond = arguments.number("--jobs-per-second", 50);
    } catch (IllegalArgumentException e) {
      System.err.println("database: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path dir = Files.createDirectories(Path.of(arguments.orElse("--dir", "."))).toAbsolutePath();
    Server server = serve(dir, port);
    Database database = new Database("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./jobs");
    database.createSchema();
    EventLine.print("database-ready", "url=" + database.url());
    if (jobsPerSecond > 0) {
      submitForEver(database, TimeUnit.SECONDS.toNanos(1) / jobsPerSecond);
    }
  }

  private static Server serve(Path dir, int port) throws SQLException {
    // H2 listens on every interface unless told otherwise, and reads this once.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    return Server.createTcpServer(
            "-tcpPort", Integer.toString(port), "-baseDir", dir.toString(), "-ifNotExists")
        .start();
  }

  private static void submitForEver(Database database, long periodNanos) throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(true);
      for (long due = System.nanoTime(); ; due += periodNanos) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        Jobs.submit(connection);
      }
    }
  }
}
