package io.baton.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.disk.RefusedDirectoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind, done to the directory of a coordinator that really ran. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaftDirectoryTest {
  private static final int HEADER_BYTES = 8;

  private RaftConfig config;
  private Path group;
  private Path current;
  private Path pristine;

  @BeforeAll
  void runOnce(@TempDir Path root) throws Exception {
    RaftConfig.Retention everything =
        new RaftConfig.Retention(100_000, Duration.ofHours(1), 1L << 40, 0, 16 << 10);
    TestCluster cluster = new TestCluster(root, everything);
    cluster.found("n1");
    cluster.createGroups("g-", 600);
    config = cluster.leader().config;
    group = config.groupDirectory(cluster.leader().directory.marker().group());
    cluster.close();
    current = group.resolve("current");
    pristine = Files.createDirectory(root.resolve("pristine"));
    copy(current, pristine);
  }

  @BeforeEach
  void restore() throws IOException {
    DurableFiles.deleteTree(current);
    Files.createDirectories(current);
    copy(pristine, current);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  @Test
  void aDirectoryThatWasLeftInGoodOrderIsTaken() throws IOException {
    byte[] before = Files.readAllBytes(open());

    prepare();

    assertThat(Files.readAllBytes(open())).isEqualTo(before);
    assertThat(closed()).isNotEmpty();
  }

  @Test
  void aRecordWhoseEndWasNeverWrittenIsCut() throws IOException {
    byte[] bytes = Files.readAllBytes(open());
    int last = lastRecord(bytes);
    Arrays.fill(bytes, last + 9, bytes.length, (byte) 0);
    Files.write(open(), bytes);

    prepare();

    assertThat(Files.readAllBytes(open())).isEqualTo(Arrays.copyOf(bytes, last));
    prepare();
  }

  @Test
  void aFileThatEndsWithinItsLastRecordIsCut() throws IOException {
    byte[] bytes = Files.readAllBytes(open());
    int last = lastRecord(bytes);
    Files.write(open(), Arrays.copyOf(bytes, last + 9));

    prepare();

    assertThat(Files.size(open())).isEqualTo(last);
  }

  @Test
  void aFlippedBitInTheMiddleIsRefused() throws IOException {
    flip(open(), HEADER_BYTES + 20);

    refused(open());
  }

  @Test
  void aFlippedBitInTheLastWholeRecordIsRefused() throws IOException {
    flip(open(), lastRecord(Files.readAllBytes(open())) + 2);

    refused(open());
  }

  /** A record that claims to be longer than it is hides those behind it, and is not torn. */
  @Test
  void aFlippedBitInAnyLengthIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(open());
    for (int record : records(good)) {
      for (int bit = 0; bit < 2 * Byte.SIZE; bit++) {
        byte[] bad = good.clone();
        bad[record + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(open(), bad);
        assertThatThrownBy(() -> SegmentCheck.run(current, -1))
            .as("bit %d from byte %d on", bit, record)
            .isInstanceOf(RefusedDirectoryException.class);
      }
    }
  }

  @Test
  void aLengthThatPointsBeyondWholeRecordsIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(open());
    List<Integer> records = records(bytes);
    int record = records.get(records.size() - 2);
    Arrays.fill(bytes, record, record + 3, (byte) 0xFF);
    bytes[record + 3] = 0x7F;
    Files.write(open(), bytes);

    refused(open());
  }

  @Test
  void aFlippedBitInAClosedSegmentIsRefused() throws IOException {
    Path segment = closed().get(0);
    flip(segment, (int) Files.size(segment) - 20);

    refused(segment);
  }

  @Test
  void anEmptySegmentIsRefused() throws IOException {
    Files.write(open(), new byte[0]);

    refused(open());
  }

  @Test
  void aSegmentThatWasPreallocatedAndNotBegunIsDeleted() throws IOException {
    Path last = open();
    Files.write(last, new byte[4096]);

    prepare();

    assertThat(last).doesNotExist();
    prepare();
  }

  @Test
  void aSegmentOfZerosThatDoesNotFollowTheLastClosedOneIsRefused() throws IOException {
    Path beyond = current.resolve("log_inprogress_9999");
    Files.delete(open());
    Files.write(beyond, new byte[4096]);

    refused(beyond);
  }

  @Test
  void aLogThatBeginsBehindTheNewestSnapshotIsRefused() throws IOException {
    Files.delete(closed().get(0));

    refused(current);
  }

  @Test
  void aClosedSegmentThatLostItsEndIsRefused() throws IOException {
    Path segment = closed().get(0);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(lastRecord(Files.readAllBytes(segment)));
    }

    refused(segment);
  }

  @Test
  void aMissingVoteIsRefused() throws IOException {
    Files.delete(vote());

    refused(vote());
  }

  @Test
  void anEmptiedVoteComesBackInATermThatWasNeverVotedIn() throws IOException {
    long term = term(Files.readString(vote()));
    Files.write(vote(), new byte[0]);

    prepare();

    assertThat(term(Files.readString(vote()))).isEqualTo(term + 1_000);
    assertThat(Files.readString(vote())).contains("votedFor=n1");
  }

  @Test
  void aMissingLogIsNeverFormattedAnew() throws IOException {
    DurableFiles.deleteTree(current);

    refused(group);
  }

  private void prepare() throws IOException {
    try (DataDirectory directory = DataDirectory.open(config.directory(), "test", "n1")) {
      RaftDirectory.prepare(config, directory, RaftSettings.of(config), Optional.empty());
    }
  }

  private void refused(Path named) {
    assertThatThrownBy(this::prepare)
        .isInstanceOf(RefusedDirectoryException.class)
        .hasMessageContaining(named.toString())
        .hasMessageContaining("To rejoin");
  }

  private Path vote() {
    return current.resolve("raft-meta");
  }

  private static long term(String vote) {
    return vote.lines()
        .filter(line -> line.startsWith("term="))
        .mapToLong(line -> Long.parseLong(line.substring(5)))
        .findFirst()
        .orElseThrow();
  }

  private Path open() throws IOException {
    return segments("log_inprogress_").get(0);
  }

  private List<Path> closed() throws IOException {
    return segments("log_").stream().filter(p -> !p.toString().contains("inprogress")).toList();
  }

  private List<Path> segments(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(current)) {
      return files
          .filter(p -> String.valueOf(p.getFileName()).startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static void flip(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 4;
    Files.write(file, bytes);
  }

  /** Where the last whole record begins. */
  private static int lastRecord(byte[] bytes) {
    return records(bytes).get(records(bytes).size() - 1);
  }

  /** Where each record begins; read by other means than the code under test. */
  private static List<Integer> records(byte[] bytes) {
    List<Integer> starts = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(HEADER_BYTES);
    while (buffer.hasRemaining() && bytes[buffer.position()] != 0) {
      starts.add(buffer.position());
      int length = 0;
      byte b;
      int shift = 0;
      do {
        b = buffer.get();
        length |= (b & 0x7F) << shift;
        shift += 7;
      } while (b < 0);
      buffer.position(buffer.position() + length + 4);
    }
    assertThat(starts).isNotEmpty();
    return starts;
  }
}
