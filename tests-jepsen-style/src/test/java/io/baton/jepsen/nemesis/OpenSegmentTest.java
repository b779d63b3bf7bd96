package io.baton.jepsen.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenSegmentTest {
  private static final int RECORDS_END = 8 + 1 + 3 + 4 + 1 + 1 + 4;

  @TempDir Path directory;

  private Path segment() throws IOException {
    byte[] bytes = new byte[64];
    byte[] header = "RaftLog1".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(header, 0, bytes, 0, header.length);
    Arrays.fill(bytes, header.length, RECORDS_END, (byte) 9);
    bytes[8] = 3;
    bytes[16] = 1;
    Path current = Files.createDirectories(directory.resolve("raft/group/current"));
    Files.write(current.resolve("log_inprogress_3"), new byte[] {0});
    return Files.write(current.resolve("log_inprogress_12"), bytes);
  }

  @Test
  void findsWhereTheNewestSegmentsRecordsEnd() throws IOException {
    segment();

    OpenSegment found = OpenSegment.in(directory).orElseThrow();

    assertThat(found.name()).isEqualTo("log_inprogress_12");
    assertThat(found.end()).isEqualTo(RECORDS_END);
  }

  @Test
  void aTornRecordStandsBehindTheLastAndNamesMoreThanIsThere() throws IOException {
    Path file = segment();

    OpenSegment.in(directory).orElseThrow().tear(30, 5);

    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes[RECORDS_END]).isEqualTo((byte) 30);
    assertThat(Arrays.copyOfRange(bytes, RECORDS_END + 1, RECORDS_END + 6))
        .containsOnly((byte) 0x55);
    assertThat(Arrays.copyOfRange(bytes, RECORDS_END + 6, bytes.length)).containsOnly((byte) 0);
  }

  @Test
  void aSegmentWithoutRecordsIsNone() throws IOException {
    Files.write(directory.resolve("log_inprogress_0"), new byte[64]);

    assertThat(OpenSegment.in(directory)).isEmpty();
  }
}
