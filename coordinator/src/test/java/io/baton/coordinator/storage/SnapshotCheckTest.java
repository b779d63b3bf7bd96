package io.baton.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotCheckTest {
  @TempDir Path directory;
  private Path snapshot;

  @BeforeEach
  void take() throws IOException {
    try (RocksStore store = new RocksStore(directory, IllegalStateException::new)) {
      store.reload();
      store.write(7, 3, Map.of(), RocksStoreTest.events(1, 30), 0);
      store.draft(Stream.of()).orElseThrow().publish();
    }
    snapshot = directory.resolve("snapshots/7_3");
  }

  @Test
  void aSnapshotAsItWasTakenIsWhole() {
    assertThatCode(() -> SnapshotCheck.verify(snapshot)).doesNotThrowAnyException();
  }

  @Test
  void aBitThatTurnedRoundAnywhereInATableIsSeen() throws IOException {
    for (Path table : files(".*\\.sst")) {
      assertThat(unseen(table, 3)).isEmpty();
    }
  }

  /** RocksDB 11.8 reads for ever where the third bit of a record's type turned round. */
  @Test
  void aBitThatTurnedRoundInWhatNamesTheTablesIsSeen() throws IOException {
    for (Path file : files("CURRENT|MANIFEST-\\d+")) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        assertThat(unseen(file, bit)).isEmpty();
      }
    }
  }

  /** The places where this bit may turn round without a word. */
  private List<String> unseen(Path file, int bit) throws IOException {
    List<String> unseen = new ArrayList<>();
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] rotten = whole.clone();
      rotten[i] ^= (byte) (1 << bit);
      Files.write(file, rotten);
      if (isWhole()) {
        unseen.add(file.getFileName() + " byte " + i + " of " + whole.length);
      }
    }
    Files.write(file, whole);
    assertThat(isWhole()).isTrue();
    return unseen;
  }

  private boolean isWhole() {
    try {
      SnapshotCheck.verify(snapshot);
      return true;
    } catch (IOException damaged) {
      assertThat(damaged).hasMessageContaining("is damaged");
      return false;
    }
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      List<Path> found = files.filter(f -> String.valueOf(f.getFileName()).matches(name)).toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(2);
      return found;
    }
  }
}
