package io.baton.jepsen.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the files of a coordinator tell from outside. */
final class LogFiles {
  private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?([0-9]+).*");

  private LogFiles() {}

  /** The first entry of its Raft log that is still there; empty where there is no segment. */
  static OptionalLong firstEntry(Path dataDirectory) {
    try (Stream<Path> files = Files.walk(dataDirectory)) {
      return files
          .map(file -> SEGMENT.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .mapToLong(segment -> Long.parseLong(segment.group(1)))
          .min();
    } catch (IOException | UncheckedIOException changing) {
      return OptionalLong.empty();
    }
  }

  /** What a process printed last. */
  static String lastLine(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
