package io.baton.jepsen.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used, by /proc.
 *
 * @param cpuMillis of all its threads, since its start
 * @param residentMegabytes now
 */
record ProcessUsage(long cpuMillis, long residentMegabytes) {
  /** Of USER_HZ, which is 100 on every Linux that matters. */
  private static final long MILLIS_PER_JIFFY = 10;

  static ProcessUsage of(long pid) {
    try {
      Path proc = Path.of("/proc", Long.toString(pid));
      String stat = Files.readString(proc.resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      long jiffies = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
      String resident =
          Files.readAllLines(proc.resolve("status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElse("VmRSS: 0 kB");
      long kilobytes = Long.parseLong(resident.replaceAll("[^0-9]", ""));
      return new ProcessUsage(jiffies * MILLIS_PER_JIFFY, kilobytes >> 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
