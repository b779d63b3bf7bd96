package io.baton.coordinator.raft;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.disk.RefusedDirectoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the log's segments before Ratis does (trap 10). A torn tail is cut: the last record
 * of the open segment, where a part of it never reached the disk and nothing follows; such a record
 * was never acknowledged. So is a last segment of zeros alone, which Ratis had preallocated and not
 * begun. All other damage, an empty file included, is refused: it would be entries that were.
 *
 * <p>A segment is a header, then {@link SegmentRecords}, then zeros.
 */
final class SegmentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCheck.class);
  private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.UTF_8);
  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
  private static final int SECTOR_BYTES = 512;

  private final Path file;
  private final byte[] bytes;
  private final SegmentRecords records;

  private SegmentCheck(Path file) throws IOException {
    this.file = file;
    this.bytes = Files.readAllBytes(file);
    this.records = new SegmentRecords(bytes);
  }

  /**
   * Checks every segment in Ratis's directory.
   *
   * @param snapshotIndex of the newest snapshot; -1: there is none
   * @throws RefusedDirectoryException one is damaged; the message names it
   */
  static void run(Path current, long snapshotIndex) throws IOException {
    List<Path> files = files(current);
    long next = nextAfterClosed(files).orElse(snapshotIndex + 1);
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Matcher closed = CLOSED.matcher(name);
      Matcher open = OPEN.matcher(name);
      if (closed.matches()) {
        long entries = Long.parseLong(closed.group(2)) - Long.parseLong(closed.group(1)) + 1;
        new SegmentCheck(file).closed(entries);
      } else if (open.matches()) {
        SegmentCheck segment = new SegmentCheck(file);
        if (segment.notBegun() && Long.parseLong(open.group(1)) == next) {
          Files.delete(file);
          DurableFiles.sync(current);
          LOG.warn("deleted {}, which was preallocated and never written", file);
        } else {
          segment.open();
        }
      }
    }
  }

  /** The first entry's index, by the names of the segments; empty: there are none. */
  static OptionalLong firstIndex(Path current) throws IOException {
    return files(current).stream()
        .map(file -> String.valueOf(file.getFileName()))
        .flatMap(name -> Stream.of(CLOSED.matcher(name), OPEN.matcher(name)))
        .filter(Matcher::matches)
        .mapToLong(segment -> Long.parseLong(segment.group(1)))
        .min();
  }

  private static OptionalLong nextAfterClosed(List<Path> files) {
    return files.stream()
        .map(file -> CLOSED.matcher(String.valueOf(file.getFileName())))
        .filter(Matcher::matches)
        .mapToLong(segment -> Long.parseLong(segment.group(2)) + 1)
        .max();
  }

  private static List<Path> files(Path current) throws IOException {
    try (Stream<Path> listed = Files.list(current)) {
      return listed.sorted().toList();
    }
  }

  private boolean notBegun() {
    return bytes.length > 0 && records.zeros(0, bytes.length);
  }

  private void closed(long entries) throws IOException {
    Scan scan = scan();
    if (!scan.clean()) {
      throw damaged("a record at byte " + scan.end() + " is damaged");
    }
    if (scan.records() != entries) {
      throw damaged("it holds " + scan.records() + " entries instead of " + entries);
    }
  }

  private void open() throws IOException {
    Scan scan = scan();
    if (scan.clean()) {
      return;
    }
    if (!torn(scan.end())) {
      throw damaged("a record at byte " + scan.end() + " is damaged");
    }
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      channel.truncate(scan.end());
      channel.force(true);
    }
    LOG.warn("cut a torn record, never acknowledged, off {} at byte {}", file, scan.end());
  }

  /** Records from the beginning that are whole; clean: nothing but zeros follows. */
  private record Scan(long records, int end, boolean clean) {}

  private Scan scan() throws IOException {
    if (bytes.length < HEADER.length
        || !ByteBuffer.wrap(bytes, 0, HEADER.length).equals(ByteBuffer.wrap(HEADER))) {
      throw damaged(bytes.length == 0 ? "it is empty" : "its header is damaged");
    }
    int position = HEADER.length;
    long whole = 0;
    while (position < bytes.length && bytes[position] != 0) {
      if (!records.isWhole(position)) {
        return new Scan(whole, position, false);
      }
      position = (int) records.end(position);
      whole++;
    }
    return new Scan(whole, position, records.zeros(position, bytes.length));
  }

  /**
   * Whether a part of this record is missing, and nothing stands behind it. A length that is wrong
   * looks like that, too, and hides whatever was acknowledged there.
   */
  private boolean torn(int start) {
    return lacksPart(start)
        && !records.isWholeButForOneBitOfItsLength(start)
        && !records.anyWholeAfter(start);
  }

  private boolean lacksPart(int start) {
    long end = records.end(start);
    if (end > bytes.length) {
      return end != Long.MAX_VALUE || records.zeros(start + 1, bytes.length);
    }
    int last = (int) end;
    return records.zeros(last, bytes.length)
        && (records.zeros(last - SegmentRecords.CHECKSUM_BYTES, last)
            || hasMissingSector(start, last));
  }

  private boolean hasMissingSector(int start, int end) {
    for (int sector = start - start % SECTOR_BYTES; sector < end; sector += SECTOR_BYTES) {
      int from = Math.max(sector, start);
      int to = Math.min(sector + SECTOR_BYTES, end);
      if (to - from >= SegmentRecords.CHECKSUM_BYTES && records.zeros(from, to)) {
        return true;
      }
    }
    return false;
  }

  private RefusedDirectoryException damaged(String how) {
    return new RefusedDirectoryException(
        "log segment " + file + ": " + how + ". " + DataDirectory.rejoin());
  }
}
