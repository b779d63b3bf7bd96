package io.baton.coordinator;

import io.baton.coordinator.ServerArguments.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One coordinator in a temporary directory, for trying things out. The same code as any other. */
final class DevMode {
  static final String BANNER = "NOT HIGHLY AVAILABLE: one coordinator, for trying things out";

  private static final Pattern API = Pattern.compile("(\\S+):([0-9]{1,5})");

  private DevMode() {}

  /** The configuration of a cluster of one, as a file would hold it. */
  static String configuration(String api) throws UsageException {
    Matcher form = API.matcher(api);
    if (!form.matches() || Integer.parseInt(form.group(2)) > 65_533) {
      throw new UsageException("--api: '" + api + "' is not host:port");
    }
    String host = form.group(1);
    int port = Integer.parseInt(form.group(2));
    return """
    cluster: dev
    node: {id: dev}
    coordinators:
      - {id: dev, api: "%s:%d", http: "%s:%d", raft: "%s:%d"}
    """
        .formatted(host, port, host, port + 1, host, port + 2);
  }

  static Path temporaryDirectory() throws IOException {
    return Files.createTempDirectory("baton-dev-");
  }

  /** Best effort: what can't be deleted is left to the system. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> leavesFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : leavesFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("could not delete " + directory + ": " + e.getMessage());
    }
  }
}
