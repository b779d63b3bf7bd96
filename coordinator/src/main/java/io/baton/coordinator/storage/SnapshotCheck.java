package io.baton.coordinator.storage;

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
   * @throws IOException it is damaged: names the file
   */
  static void verify(Path snapshot) throws IOException {
    verifyManifest(snapshot);
    try (Options options = new Options()) {
      for (Path table : tables(snapshot)) {
        verify(table, options);
      }
    }
  }

  private static void verifyManifest(Path snapshot) throws IOException {
    Path current = snapshot.resolve("CURRENT");
    String name = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1);
    if (!MANIFEST.matcher(name).matches() || !Files.exists(snapshot.resolve(name.strip()))) {
      throw new IOException(current + " is damaged: it names no MANIFEST");
    }
    Path manifest = snapshot.resolve(name.strip());
    OptionalInt damaged = new ManifestRecords(Files.readAllBytes(manifest)).damaged();
    if (damaged.isPresent()) {
      throw new IOException(manifest + " is damaged at byte " + damaged.getAsInt());
    }
  }

  private static void verify(Path table, Options options) throws IOException {
    try (SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      throw new IOException(table + " is damaged: " + e.getMessage(), e);
    }
  }

  private static List<Path> tables(Path snapshot) throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      return files.filter(f -> f.toString().endsWith(".sst")).sorted().toList();
    }
  }
}
