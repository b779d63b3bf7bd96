package io.baton.jepsen.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The segment of a stopped coordinator's Raft log to which it was appending: a header of 8 bytes,
 * records (a varint length, so many bytes, a checksum of 4), then zeros.
 */
final class OpenSegment {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;

  private final Path file;
  private final byte[] bytes;

  private OpenSegment(Path file) throws IOException {
    this.file = file;
    this.bytes = Files.readAllBytes(file);
  }

  /** Finds it; empty where there is none with a record in it. */
  static Optional<OpenSegment> in(Path dataDirectory) {
    try (Stream<Path> files = Files.walk(dataDirectory)) {
      Optional<Path> newest =
          files
              .filter(f -> String.valueOf(f.getFileName()).startsWith("log_inprogress_"))
              .reduce((a, b) -> number(a) > number(b) ? a : b);
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      OpenSegment segment = new OpenSegment(newest.get());
      return segment.end() > HEADER_BYTES ? Optional.of(segment) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).replaceAll("[^0-9]", ""));
  }

  /** The file's name. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  /** Where it is. */
  Path file() {
    return file;
  }

  /** Where the first record begins. */
  int begin() {
    return HEADER_BYTES;
  }

  /** Where the last whole record ends. */
  int end() {
    int position = HEADER_BYTES;
    while (position < bytes.length && bytes[position] != 0) {
      int next = recordEnd(position);
      if (next < 0 || next > bytes.length) {
        return position;
      }
      position = next;
    }
    return position;
  }

  private int recordEnd(int start) {
    long length = 0;
    for (int i = 0; i < 5 && start + i < bytes.length; i++) {
      length |= (long) (bytes[start + i] & 0x7F) << (7 * i);
      if (bytes[start + i] >= 0) {
        long end = start + i + 1 + length + CHECKSUM_BYTES;
        return end > bytes.length ? -1 : (int) end;
      }
    }
    return -1;
  }

  /** Adds the beginning of a record whose end never reached the disk, as a power cut leaves it. */
  void tear(int wholeBytes, int writtenBytes) {
    ByteBuffer part = ByteBuffer.allocate(writtenBytes + 1);
    part.put((byte) wholeBytes);
    while (part.hasRemaining()) {
      part.put((byte) 0x55);
    }
    write(part.flip(), end());
  }

  private void write(ByteBuffer what, int position) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int written = channel.write(what, position);
      if (written == 0) {
        throw new IOException("nothing could be written to " + file);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
