package io.baton.jepsen.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotTest {
  @TempDir Path directory;

  private void write(String file, int bytes) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[bytes]);
  }

  @Test
  void oneBitOfTheFileTurns() throws IOException {
    write("raft/current/log_0-9", 20);

    Rot rot = Rot.in(directory, new Random(1)).orElseThrow();
    rot.set();

    byte[] bytes = Files.readAllBytes(rot.file());
    assertThat(bytes[rot.position()]).isEqualTo((byte) (1 << rot.bit()));
    bytes[rot.position()] = 0;
    assertThat(bytes).containsOnly(0);
    assertThat(rot.mustBeSeen()).isTrue();
  }

  @Test
  void logsAndSnapshotsRotAndNothingElse() throws IOException {
    write("raft/current/log_0-9", 20);
    write("store/snapshots/1_9/000007.sst", 20);
    write("store/snapshots/1_10/000008.sst", 20);
    write("store/snapshots/1_11-taken.tmp/000009.sst", 20);
    write("store/snapshots/1_10/MANIFEST-000005", 20);
    write("store/snapshots/1_10/CURRENT", 16);
    write("store/snapshots/1_10/OPTIONS-000006", 20);
    write("store/live/000007.sst", 20);
    write("raft/current/raft-meta", 20);
    write("raft/current/log_inprogress_10", 20);

    Set<String> drawn = new HashSet<>();
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Rot rot = Rot.in(directory, random).orElseThrow();
      drawn.add(directory.relativize(rot.file()) + " " + rot.mustBeSeen());
    }
    assertThat(drawn)
        .containsExactlyInAnyOrder(
            "raft/current/log_0-9 true",
            "store/snapshots/1_9/000007.sst false",
            "store/snapshots/1_10/000008.sst true",
            "store/snapshots/1_10/CURRENT true",
            "store/snapshots/1_10/MANIFEST-000005 true");
  }

  @Test
  void withoutFilesThereIsNothing() {
    assertThat(Rot.in(directory, new Random(1))).isEmpty();
  }
}
