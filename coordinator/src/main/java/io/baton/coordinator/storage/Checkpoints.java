package io.baton.coordinator.storage;

import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.service.Snapshots.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots on disk: directories named {@code <term>_<index>}, outside of Ratis's own (its
 * install replaces the whole {@code sm/}, trap 14). One has its name only once it is durable: files
 * are synced, then renamed from {@code .tmp}, then the directory that holds them is synced.
 */
final class Checkpoints {
  /** One to start from, one in case the newest can't be read. */
  private static final int KEPT = 2;

  /** How the names of directories end that are deleted at the next start. */
  static final String DRAFT = ".tmp";

  private static final Pattern NAME = Pattern.compile("(\\d+)_(\\d+)");

  private final Path directory;

  Checkpoints(Path directory) throws IOException {
    this.directory = directory;
    DurableFiles.createDirectory(directory);
    deleteDrafts();
  }

  /** All complete ones, newest first. */
  List<Position> all() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .flatMap(path -> position(path).stream())
          .sorted(Comparator.comparingLong(Position::index).reversed())
          .toList();
    }
  }

  Optional<Position> newest() throws IOException {
    return all().stream().findFirst();
  }

  Path path(Position position) {
    return directory.resolve(position.term() + "_" + position.index());
  }

  /**
   * A place for a snapshot that is being made; {@code what} tells apart those made at the same
   * time.
   */
  Path draft(Position position, String what) throws IOException {
    Path draft = directory.resolve(path(position).getFileName() + "-" + what + DRAFT);
    DurableFiles.deleteTree(draft);
    return draft;
  }

  /**
   * Makes a draft durable, gives it its name and forgets the oldest. Two callers never run at once.
   */
  synchronized void publish(Path draft, Position position) throws IOException {
    DurableFiles.syncTree(draft);
    Path path = path(position);
    if (Files.exists(path)) {
      DurableFiles.deleteTree(draft);
    } else {
      DurableFiles.move(draft, path);
    }
    for (Position old : all().stream().skip(KEPT).toList()) {
      DurableFiles.deleteTree(path(old));
    }
  }

  private void deleteDrafts() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path draft : paths.filter(p -> p.toString().endsWith(DRAFT)).toList()) {
        DurableFiles.deleteTree(draft);
      }
    }
  }

  private static Optional<Position> position(Path path) {
    Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
    return name.matches()
        ? Optional.of(new Position(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
        : Optional.empty();
  }
}
