package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process has used, by /proc.
 *
 * @param cpuMillis of all its threads, since its start
 * @param residentMegabytes now
 * @param threads now
 * @param descriptors open now
 */
public record ProcessUsage(long cpuMillis, long residentMegabytes, int threads, int descriptors) {
  /** Of USER_HZ, which is 100 on every Linux that matters. */
  private static final long MILLIS_PER_JIFFY = 10;

  private static final int KINDS_NAMED = 5;

  /**
   * Reads it.
   *
   * @throws UncheckedIOException there is no such process any more
   */
  public static ProcessUsage of(long pid) {
    try {
      Path proc = Path.of("/proc", Long.toString(pid));
      String stat = Files.readString(proc.resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      long jiffies = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
      List<String> status = Files.readAllLines(proc.resolve("status"));
      return new ProcessUsage(
          jiffies * MILLIS_PER_JIFFY,
          number(status, "VmRSS:") >> 10,
          (int) number(status, "Threads:"),
          descriptors(proc));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The most frequent kinds of its threads, as {@code 12 grpc-default-ex, 4 baton-rpc-}; numbers in
   * names don't count, and the system keeps their first 15 characters only.
   */
  public static String threadKinds(long pid) {
    Map<String, Integer> kinds = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        String name = Files.readString(task.resolve("comm")).strip().replaceAll("[0-9]+", "");
        kinds.merge(name, 1, Integer::sum);
      }
    } catch (IOException ended) {
      return "its threads have ended";
    }
    return kinds.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(KINDS_NAMED)
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static int descriptors(Path proc) throws IOException {
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      return (int) open.count();
    }
  }
}
