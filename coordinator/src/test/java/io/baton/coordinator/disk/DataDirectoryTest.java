package io.baton.coordinator.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final UUID GROUP = UUID.randomUUID();

  @TempDir Path path;

  @Test
  void anEmptyDirectoryIsMarkedWithAnIdThatStays() throws IOException {
    Marker first = reopen();

    assertThat(first.phase()).isEqualTo(Marker.Phase.EMPTY);
    assertThat(reopen()).isEqualTo(first);
  }

  @Test
  void anEmptiedDirectoryIsAnotherDirectory() throws IOException {
    String before = reopen().directory();
    DurableFiles.deleteTree(path.resolve("d"));

    assertThat(reopen().directory()).isNotEqualTo(before);
  }

  @Test
  void whatWasDecidedIsThereAfterARestart() throws IOException {
    TreeMap<String, String> founders = new TreeMap<>(Map.of("n1", "x", "n2", "y"));
    try (DataDirectory directory = open("c", "n1")) {
      directory.decide(GROUP, founders);
      directory.formatted();
    }

    assertThat(reopen().phase()).isEqualTo(Marker.Phase.MEMBER);
    assertThat(reopen().founders()).isEqualTo(founders);
    assertThat(reopen().group()).isEqualTo(GROUP.toString());
  }

  @Test
  void aPhaseIsNeverLeftOutAndNeverGoesBack() throws IOException {
    try (DataDirectory directory = open("c", "n1")) {
      assertThatThrownBy(directory::formatted).isInstanceOf(IllegalStateException.class);
      directory.decide(GROUP, new TreeMap<>());
      directory.formatted();

      assertThatThrownBy(() -> directory.decide(GROUP, new TreeMap<>()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void oneProcessOwnsIt() throws IOException {
    try (DataDirectory held = open("c", "n1")) {
      assertThat(held.path()).exists();
      assertThatThrownBy(() -> open("c", "n1"))
          .isInstanceOf(RefusedDirectoryException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void anotherCoordinatorsDirectoryIsRefused() throws IOException {
    reopen();

    assertThatThrownBy(() -> open("c", "n2")).hasMessageContaining("belongs to coordinator n1");
    assertThatThrownBy(() -> open("other", "n1")).hasMessageContaining("of cluster c");
  }

  @Test
  void filesWithoutAMarkerAreRefused() throws IOException {
    Files.createDirectories(path.resolve("d/raft"));

    assertThatThrownBy(() -> open("c", "n1"))
        .isInstanceOf(RefusedDirectoryException.class)
        .hasMessageContaining("raft")
        .hasMessageContaining("To rejoin");
  }

  @Test
  void aDamagedMarkerIsRefused() throws IOException {
    reopen();
    Files.writeString(path.resolve("d/baton.marker"), "format=1\n");

    assertThatThrownBy(() -> open("c", "n1")).isInstanceOf(RefusedDirectoryException.class);
  }

  private DataDirectory open(String cluster, String coordinator) throws IOException {
    return DataDirectory.open(path.resolve("d"), cluster, coordinator);
  }

  private Marker reopen() throws IOException {
    try (DataDirectory directory = open("c", "n1")) {
      return directory.marker();
    }
  }
}
