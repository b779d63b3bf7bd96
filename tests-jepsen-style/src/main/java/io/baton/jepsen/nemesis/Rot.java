package io.baton.jepsen.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One bit of what a stopped coordinator has on its disk: of a log segment, open or closed, or of a
 * snapshot, but for RocksDB's OPTIONS, which nobody reads.
 *
 * @param mustBeSeen whether its turning has to be noticed at the next start: not of a snapshot
 *     older than the newest
 */
record Rot(Path file, int position, int bit, boolean mustBeSeen) {
  private static final Pattern SNAPSHOT =
      Pattern.compile(".*/snapshots/\\d+_(\\d+)/([^/]+\\.sst|CURRENT|MANIFEST-\\d+)");

  private static final long NONE = -1;

  /** Bytes of a file that mean something. */
  private record Range(Path file, int from, int to, boolean mustBeSeen) {}

  /** Draws a file, then a bit of it; empty where there is nothing yet. */
  static Optional<Rot> in(Path dataDirectory, RandomGenerator random) {
    List<Range> ranges = new ArrayList<>();
    OpenSegment.in(dataDirectory)
        .ifPresent(open -> ranges.add(new Range(open.file(), open.begin(), open.end(), true)));
    List<Path> files = files(dataDirectory);
    long newest = files.stream().mapToLong(Rot::snapshotIndex).max().orElse(NONE);
    for (Path file : files) {
      long snapshot = snapshotIndex(file);
      if (String.valueOf(file.getFileName()).matches("log_\\d+-\\d+")) {
        ranges.add(new Range(file, 0, size(file), true));
      } else if (snapshot != NONE) {
        ranges.add(new Range(file, 0, size(file), snapshot == newest));
      }
    }
    ranges.removeIf(range -> range.from >= range.to);
    if (ranges.isEmpty()) {
      return Optional.empty();
    }
    Range drawn = Pick.one(ranges, random);
    int position = random.nextInt(drawn.from, drawn.to);
    return Optional.of(new Rot(drawn.file, position, random.nextInt(8), drawn.mustBeSeen));
  }

  /** Where the snapshot ends that this is a part of; {@link #NONE}: of none. */
  private static long snapshotIndex(Path file) {
    Matcher part = SNAPSHOT.matcher(file.toString());
    return part.matches() ? Long.parseLong(part.group(1)) : NONE;
  }

  /** Turns it, durably. */
  void set() {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      if (channel.read(one, position) != 1) {
        throw new IOException(file + " has no byte " + position);
      }
      one.put(0, (byte) (one.get(0) ^ (1 << bit)));
      if (channel.write(one.rewind(), position) != 1) {
        throw new IOException("nothing could be written to " + file);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which bit of what. */
  String words() {
    return file.getFileName() + " byte " + position + " bit " + bit;
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int size(Path file) {
    try {
      return (int) Math.min(Integer.MAX_VALUE, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
