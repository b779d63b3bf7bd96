package io.baton.jepsen.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.cluster.Directories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of every mode for any user, with proxies between processes. */
@Timeout(600)
final class TortureIT {
  private static final Path FOLDER = Path.of("target", "torture-it");

  @Test
  void aClusterThatIsTorturedKeepsItsPromises() throws InterruptedException, IOException {
    Directories.delete(FOLDER);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    TortureOptions options =
        TortureOptions.parse(
            List.of(
                "--minutes",
                "0.4",
                "--seed",
                "3",
                "--members",
                "2",
                "--bound-seconds",
                "240",
                "--folder",
                FOLDER.toString()));

    int status = TortureMain.run(options, out);

    assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("skipped: disk-full");
    assertThat(Files.readString(FOLDER.resolve("report.html"))).contains("exclusion");
    assertThat(Files.readAllLines(FOLDER.resolve("history.jsonl")))
        .anyMatch(line -> line.contains("\"fault\""))
        .anyMatch(line -> line.contains("\"operation\""))
        .anyMatch(line -> isWrite(line, "g1", 0))
        .anyMatch(line -> isWrite(line, "g2", 1))
        .anyMatch(line -> isWrite(line, "g3", 11))
        .anyMatch(line -> isWrite(line, "g4", 1));
  }

  private static boolean isWrite(String line, String group, int slot) {
    return line.contains("\"write\"")
        && line.contains("\"group\":\"" + group + "\"")
        && line.matches(".*\"slot\":" + slot + "\\D.*");
  }
}
