package io.baton.coordinator.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * Whether a snapshot still says what was written: RocksDB keeps a checksum with every block of its
 * tables, which it looks at only when it reads that block. Without this look a bit that turned
 * round on one coordinator's disk travels with its snapshot to others.
 */
final class SnapshotCheck {
  private SnapshotCheck() {}

  /**
   * Reads all of it; blocks for as long as that takes. Any thread.
   *
   * @throws IOException it is damaged: names the file
   */
  static void verify(Path snapshot) throws IOException {
    try (Options options = new Options()) {
      verifyManifest(snapshot, options);
      for (Path table : tables(snapshot)) {
        verify(table, options);
      }
    }
  }

  private static void verifyManifest(Path snapshot, Options options) throws IOException {
    try {
      if (RocksDB.listColumnFamilies(options, snapshot.toString()).isEmpty()) {
        throw new IOException(snapshot + " is damaged: it holds nothing");
      }
    } catch (RocksDBException e) {
      throw new IOException(snapshot + " is damaged: " + e.getMessage(), e);
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
