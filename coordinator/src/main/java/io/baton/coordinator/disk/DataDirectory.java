package io.baton.coordinator.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A coordinator's data directory: locked for one process, and marked with whose it is and what it
 * may be trusted with. It stands outside of what Ratis writes, which formats a missing directory
 * without a word (trap 9). Thread-safe.
 */
public final class DataDirectory implements Closeable {
  private static final String MARKER = "baton.marker";
  private static final String LOCK = "baton.lock";
  private static final Set<String> HARMLESS = Set.of(LOCK, MARKER + ".tmp", "lost+found");

  private final Path path;
  private final FileChannel lock;
  private volatile Marker marker;

  private DataDirectory(Path path, FileChannel lock, Marker marker) {
    this.path = path;
    this.lock = lock;
    this.marker = marker;
  }

  /**
   * Takes the directory, and marks it where it is empty.
   *
   * @throws RefusedDirectoryException it is in use, another's, or not one of ours
   * @throws IOException it can't be read or written
   */
  public static DataDirectory open(Path path, String cluster, String coordinator)
      throws IOException {
    DurableFiles.createDirectory(path.toAbsolutePath());
    FileChannel lock = lock(path);
    try {
      return new DataDirectory(path, lock, readOrCreate(path, cluster, coordinator));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve(LOCK), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
    channel.close();
    throw new RefusedDirectoryException(path + " is in use by another process");
  }

  private static Marker readOrCreate(Path path, String cluster, String coordinator)
      throws IOException {
    Path file = path.resolve(MARKER);
    if (!Files.exists(file)) {
      return create(path, file, cluster, coordinator);
    }
    Marker marker;
    try {
      marker = Marker.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RefusedDirectoryException(
          file + " can't be read (" + e.getMessage() + "). " + rejoin());
    }
    if (!marker.cluster().equals(cluster) || !marker.coordinator().equals(coordinator)) {
      throw new RefusedDirectoryException(
          "%s belongs to coordinator %s of cluster %s; this is coordinator %s of cluster %s"
              .formatted(path, marker.coordinator(), marker.cluster(), coordinator, cluster));
    }
    return marker;
  }

  private static Marker create(Path path, Path file, String cluster, String coordinator)
      throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<String> foreign =
          files
              .map(f -> String.valueOf(f.getFileName()))
              .filter(name -> !HARMLESS.contains(name))
              .toList();
      if (!foreign.isEmpty()) {
        throw new RefusedDirectoryException(
            path
                + " has no "
                + MARKER
                + " but holds "
                + foreign
                + ": not a data directory of"
                + " Baton, or one that lost its marker. "
                + rejoin());
      }
    }
    Marker marker =
        new Marker(
            cluster,
            coordinator,
            UUID.randomUUID().toString(),
            Marker.Phase.EMPTY,
            "",
            new TreeMap<>());
    DurableFiles.write(file, marker.encode());
    return marker;
  }

  /** What to do about a directory that can't be trusted any more. */
  public static String rejoin() {
    return "To rejoin: 'baton coordinator remove' this id, empty the directory, start under a new"
        + " id, 'baton coordinator add' it.";
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What it is now. */
  public Marker marker() {
    return marker;
  }

  /**
   * Makes an empty directory part of a Raft group, durably.
   *
   * @param founders empty where this one did not found
   */
  public synchronized void decide(UUID group, SortedMap<String, String> founders)
      throws IOException {
    become(marker.decided(group, founders));
  }

  /** Notes, durably, that log and vote are there from now on. */
  public synchronized void formatted() throws IOException {
    become(marker.formatted());
  }

  private void become(Marker next) throws IOException {
    DurableFiles.write(path.resolve(MARKER), next.encode());
    marker = next;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
