package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that come and go with a cluster. */
public final class Directories {
  private Directories() {}

  /** A new one in the system's place for temporary files. */
  public static Path temporary(String prefix) {
    try {
      return Files.createTempDirectory(prefix).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory with all that is in it; does nothing if it is not there. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> leavesFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the files that are directly in it and end so; makes the other directory. */
  public static void copy(Path directory, String ending, Path to) {
    try (Stream<Path> files = Files.list(directory)) {
      Files.createDirectories(to);
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes its files have together; those that vanish meanwhile don't count. */
  public static long size(Path directory) {
    long bytes = 0;
    for (Path path : paths(directory)) {
      try {
        bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
      } catch (IOException vanished) {
        bytes += 0;
      }
    }
    return bytes;
  }

  private static List<Path> paths(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.toList();
    } catch (IOException | UncheckedIOException changing) {
      return List.of();
    }
  }
}
