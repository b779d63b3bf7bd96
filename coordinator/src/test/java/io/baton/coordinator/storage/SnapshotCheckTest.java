package io.baton.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
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
      List<HistoryEvent> events =
          LongStream.rangeClosed(1, 30).mapToObj(SnapshotCheckTest::event).toList();
      store.write(7, 3, Map.of(), events, 0);
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
    List<String> unseen = new ArrayList<>();
    for (Path table : tables()) {
      byte[] whole = Files.readAllBytes(table);
      for (int i = 0; i < whole.length; i++) {
        byte[] rotten = whole.clone();
        rotten[i] ^= (byte) (1 << (i % 8));
        Files.write(table, rotten);
        if (isWhole()) {
          unseen.add(table.getFileName() + " byte " + i + " of " + whole.length);
        }
      }
      Files.write(table, whole);
    }

    assertThat(unseen).isEmpty();
    assertThat(isWhole()).isTrue();
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

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      return files.filter(f -> f.toString().endsWith(".sst")).toList();
    }
  }

  private static HistoryEvent event(long revision) {
    return new HistoryEvent(
        revision,
        1_000,
        HistoryEvent.Type.GROUP_DELETED,
        "orders",
        "",
        0,
        0,
        0,
        null,
        Actor.SYSTEM,
        List.of(),
        0,
        Map.of());
  }
}
