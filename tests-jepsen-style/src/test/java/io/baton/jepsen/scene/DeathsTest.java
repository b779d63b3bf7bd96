package io.baton.jepsen.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeathsTest {
  private final Deaths deaths = new Deaths();

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void writeLog() throws IOException {
    log = directory.resolve("n1.log");
    Files.writeString(log, "began\nFATAL a Throwable in apply\n");
  }

  @Test
  void aCoordinatorThatEndsForNoReasonIsNoticedOnce() {
    deaths.coordinatorEnded("n1", 1, log);

    assertThat(deaths.drain())
        .containsExactly(
            "n1 ended by itself with status 1; n1.log ends with: FATAL a Throwable in apply");
    assertThat(deaths.drain()).isEmpty();
  }

  @Test
  void aBrokenDiskIsAReasonUntilItIsMended() {
    deaths.excuse("n1");
    deaths.coordinatorEnded("n2", 1, log);
    deaths.coordinatorEnded("n1", 1, log);
    assertThat(deaths.drain()).hasSize(1).allMatch(what -> what.startsWith("n2 "));
    assertThat(deaths.explained()).isEqualTo(1);

    deaths.mended();
    deaths.coordinatorEnded("n1", 1, log);
    assertThat(deaths.drain()).hasSize(1);
  }

  @Test
  void anAgentMayCloseAndHaltItself() {
    deaths.memberEnded("m1", 0, log);
    deaths.memberEnded("m1", 75, log);
    assertThat(deaths.drain()).isEmpty();

    deaths.memberEnded("m1", 1, directory.resolve("none"));
    assertThat(deaths.drain()).hasSize(1);
  }
}
