package io.baton.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.service.FaultHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksLibraryTest {
  private static final int KILLED = 9;

  @TempDir Path directory;

  /**
   * Found by the fault suite: its coordinators left 13 GB of libraries in the temporary directory.
   */
  @Test
  void aProcessThatIsKilledLeavesNoLibraryBehind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path output = directory.resolve("output");
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx64m",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName(),
            directory.resolve("store").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(() -> contents(output)).isEqualTo(KILLED);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Opens a store, and ends as if by SIGKILL: without shutdown hooks. */
  static final class Killed {
    public static void main(String[] args) throws IOException {
      FaultHandler faults = IllegalStateException::new;
      new RocksStore(Path.of(args[0]), faults).reload();
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
