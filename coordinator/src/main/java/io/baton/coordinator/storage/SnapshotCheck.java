package io.baton.coordinator.storage;

import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.service.Snapshots.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * Whether a snapshot still says what was written: RocksDB keeps a checksum with every block of its
 * tables, which it looks at only when it reads that block. Without this look a bit that turned
 * round on one coordinator's disk travels with its snapshot to others. RocksDB itself is not asked
 * about the MANIFEST: where one bit has made a record another kind of record, it reads that for
 * ever.
 */
final class SnapshotCheck {
  private static final Pattern MANIFEST = Pattern.compile("MANIFEST-\\d+\n");

  private SnapshotCheck() {}

  /**
   * Reads all of it; blocks for as long as that takes. Any thread.
   *
   * @throws DamagedException names the file
   * @throws IOException it can't be read
   */
  static void verify(Path snapshot) throws IOException {
    verifyManifest(snapshot);
    try (Options options = new Options()) {
      for (Path table : tables(snapshot)) {
        verify(table, options);
      }
    }
  }

  /**
   * The same, and opens a copy of it: what is no longer there has no checksum. Blocks for as long
   * as that takes. Any thread; one at a time for one snapshot.
   *
   * @throws DamagedException also where it holds another position than it should
   * @throws IOException it can't be read or copied
   */
  static void tryOut(Path snapshot, Position position) throws IOException {
    verify(snapshot);
    Path copy = snapshot.resolveSibling(snapshot.getFileName() + "-tried" + Checkpoints.DRAFT);
    try {
      SnapshotTransfer.cloneInto(snapshot, copy);
      try (LiveDatabase database = new LiveDatabase(copy)) {
        holds(position, database);
      }
    } catch (RocksDBException e) {
      throw DamagedException.of(snapshot, e);
    } finally {
      DurableFiles.deleteTree(copy);
    }
  }

  /** Throws where the database ends somewhere else. */
  static void holds(Position position, LiveDatabase database) throws IOException, RocksDBException {
    Position written = database.applied().orElse(null);
    if (!position.equals(written)) {
      throw new DamagedException("snapshot " + position + " is damaged: it holds " + written);
    }
  }

  private static void verifyManifest(Path snapshot) throws IOException {
    Path current = snapshot.resolve("CURRENT");
    if (!Files.exists(current)) {
      throw new DamagedException(current + " is missing");
    }
    String name = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1);
    Path manifest = snapshot.resolve(MANIFEST.matcher(name).matches() ? name.strip() : "MANIFEST");
    if (!Files.exists(manifest)) {
      throw new DamagedException(current + " is damaged: it names no MANIFEST");
    }
    OptionalInt damaged = new ManifestRecords(Files.readAllBytes(manifest)).damaged();
    if (damaged.isPresent()) {
      throw new DamagedException(manifest + " is damaged at byte " + damaged.getAsInt());
    }
  }

  private static void verify(Path table, Options options) throws IOException {
    try (SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      throw DamagedException.of(table, e);
    }
  }

  private static List<Path> tables(Path snapshot) throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      return files.filter(f -> f.toString().endsWith(".sst")).sorted().toList();
    }
  }
}
