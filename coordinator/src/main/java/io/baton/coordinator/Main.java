package io.baton.coordinator;

import ch.qos.logback.classic.LoggerContext;
import io.baton.coordinator.ServerArguments.UsageException;
import io.baton.coordinator.config.ConfigException;
import io.baton.coordinator.config.ConfigLoader;
import io.baton.coordinator.config.CoordinatorEntry;
import io.baton.coordinator.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code baton server}. Whatever goes wrong ends the process with a clear last line: 2 for a
 * configuration that can't be used, 1 for anything else.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String DATA_DIR = "node.data-dir";
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final long STOP_SECONDS = 8;

  private static volatile boolean stopping;

  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) {
    // One line a record, for what logs through java.util.logging (gRPC).
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%n");
    Thread.setDefaultUncaughtExceptionHandler(Main::broken);
    try {
      run(ServerArguments.parse(List.of(arguments)));
    } catch (UsageException e) {
      end(MISUSED, "baton: " + e.getMessage() + " (try --help)");
    } catch (ConfigException e) {
      end(MISUSED, String.join("\n", e.problems()));
    } catch (IOException e) {
      end(FAILED, "baton: can't start: " + e.getMessage());
    } catch (InterruptedException e) {
      end(FAILED, "baton: interrupted");
    } catch (Throwable e) {
      LOG.error("can't start", e);
      end(FAILED, "baton: can't start: " + e);
    }
  }

  private static void run(ServerArguments arguments)
      throws UsageException, ConfigException, IOException, InterruptedException {
    if (arguments.help()) {
      System.out.print(ServerArguments.USAGE);
    } else if (arguments.version()) {
      System.out.println("baton " + Version.current());
    } else if (arguments.dev()) {
      serveDev(arguments);
    } else {
      serve(load(arguments), () -> {});
    }
  }

  // ------------------------------------------------------------------ configuration

  private static ConfigLoader.Loaded load(ServerArguments arguments)
      throws ConfigException, UsageException {
    String file = arguments.config();
    if (file == null) {
      throw new UsageException("--config is missing");
    }
    try {
      return load(file, Files.readString(Path.of(file)), arguments.flags());
    } catch (IOException e) {
      throw new UsageException(file + " can't be read: " + e);
    }
  }

  private static ConfigLoader.Loaded load(String name, String text, Map<String, String> flags)
      throws ConfigException {
    return ConfigLoader.load(
        new ConfigLoader.Sources(name, text, System.getenv(), flags, hostname()));
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static void serveDev(ServerArguments arguments)
      throws UsageException, ConfigException, IOException, InterruptedException {
    String configuration = DevMode.configuration(arguments.devApi());
    Map<String, String> flags = new HashMap<>(arguments.flags());
    System.err.println(DevMode.BANNER);
    if (flags.containsKey(DATA_DIR)) {
      serve(load("--dev", configuration, flags), () -> {});
      return;
    }
    Path directory = DevMode.temporaryDirectory();
    flags.put(DATA_DIR, directory.toString());
    try {
      serve(load("--dev", configuration, flags), () -> DevMode.delete(directory));
    } catch (ConfigException | IOException | InterruptedException | RuntimeException e) {
      DevMode.delete(directory);
      throw e;
    }
  }

  // ------------------------------------------------------------------ life

  private static void serve(ConfigLoader.Loaded loaded, Runnable afterwards)
      throws IOException, InterruptedException {
    ServerConfig config = loaded.config();
    loaded.effective().forEach(line -> LOG.info("config {}", line));
    if (config.exposed()) {
      LOG.warn("insecure: others can reach the ports, and nothing protects them");
    }
    Server server = new Server(config, Version.current(), new ProcessFaults());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, afterwards), "baton-stop"));
    server.start();
    CoordinatorEntry own = config.own();
    System.out.println(
        "serving: cluster="
            + config.cluster()
            + " id="
            + own.id()
            + " api="
            + own.api().advertise()
            + " http="
            + own.http().advertise()
            + " raft="
            + own.raft().advertise());
  }

  /** SIGTERM, or Ctrl-C. A close that hangs loses nothing: the log is the truth. */
  private static void stop(Server server, Runnable afterwards) {
    stopping = true;
    Thread closing = new Thread(server::stop, "baton-close");
    closing.start();
    try {
      closing.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    afterwards.run();
    flushLog();
    Runtime.getRuntime().halt(0);
  }

  /**
   * The last line is the cause; nothing may follow it. A start that fails because it is being
   * stopped is no failure.
   */
  private static void end(int code, String lastLine) {
    if (stopping) {
      return;
    }
    flushLog();
    System.err.println(lastLine);
    Runtime.getRuntime().halt(code);
  }

  /** A thread that ended by itself leaves its work undone: better a restart. */
  private static void broken(Thread thread, Throwable cause) {
    if (stopping) {
      LOG.warn("thread {} broke off while stopping", thread.getName(), cause);
      return;
    }
    throw new ProcessFaults().fatal("thread " + thread.getName(), cause);
  }

  /** Writes out what was logged; what is logged from now on is dropped. */
  static void flushLog() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      logback.stop();
    }
  }
}
