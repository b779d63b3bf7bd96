package io.baton.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Against what RocksDB itself writes. */
final class ManifestRecordsTest {
  private static final int KEY_BYTES = 1_500;

  /** Where no header fits any more. */
  private static final int REST_OF_BLOCK_BYTES = 4;

  private static byte[] manifest;

  /**
   * Its first block ends with a rest, its second within a record: every key is in its record twice.
   */
  @BeforeAll
  static void write(@TempDir Path directory) throws IOException, RocksDBException {
    RocksLibrary.load();
    try (Options options = new Options().setCreateIfMissing(true).setDisableAutoCompactions(true);
        RocksDB db = RocksDB.open(options, directory.toString())) {
      int before = manifest(directory).length;
      writeTable(db, KEY_BYTES);
      int size = manifest(directory).length;
      int fixed = size - before - 2 * KEY_BYTES;
      while (size + 2 * (fixed + 2 * KEY_BYTES) < ManifestRecords.BLOCK_BYTES) {
        writeTable(db, KEY_BYTES);
        size = manifest(directory).length;
      }
      int rest = ManifestRecords.BLOCK_BYTES - size - REST_OF_BLOCK_BYTES;
      writeTable(db, (rest - fixed) / 2);
      int end = manifest(directory).length;
      assertThat(ManifestRecords.BLOCK_BYTES - end).isBetween(1, 6);
      for (int i = 0; i < 20; i++) {
        writeTable(db, KEY_BYTES);
      }
    }
    manifest = manifest(directory);
    assertThat(manifest).hasSizeGreaterThan(2 * ManifestRecords.BLOCK_BYTES);
  }

  private static void writeTable(RocksDB db, int keyBytes) throws RocksDBException {
    db.put(new byte[keyBytes], new byte[] {1});
    try (FlushOptions flush = new FlushOptions()) {
      db.flush(flush);
    }
  }

  private static byte[] manifest(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return Files.readAllBytes(
          files
              .filter(f -> String.valueOf(f.getFileName()).startsWith("MANIFEST"))
              .findFirst()
              .orElseThrow());
    }
  }

  @Test
  void whatRocksDbWroteIsWhole() {
    assertThat(new ManifestRecords(manifest).damaged()).isEmpty();
  }

  @Test
  void everyByteCounts() {
    for (int i = 0; i < manifest.length; i++) {
      byte[] rotten = manifest.clone();
      rotten[i] ^= (byte) (1 << (i % 8));

      assertThat(new ManifestRecords(rotten).damaged()).as("byte %s", i).isPresent();
    }
  }

  @Test
  void aPieceOfARecordIsNone() {
    byte[] cut = Arrays.copyOf(manifest, manifest.length - 1);

    assertThat(new ManifestRecords(cut).damaged()).isPresent();
    assertThat(new ManifestRecords(new byte[0]).damaged()).hasValue(0);
    assertThat(new ManifestRecords(new byte[5]).damaged()).hasValue(0);
  }
}
