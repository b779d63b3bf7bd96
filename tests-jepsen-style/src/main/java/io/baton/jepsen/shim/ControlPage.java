package io.baton.jepsen.shim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The words of memory that {@code shim.c} shares with this process, little-endian, by their offset
 * in bytes; {@code struct control} there. Any thread; each access is volatile.
 */
final class ControlPage {
  static final int SEQUENCE = 8;
  static final int BASE_REAL = 16;
  static final int BASE_FAKE = 24;
  static final int RATE = 32;
  static final int BOOT_AHEAD = 40;
  static final int WALL_AHEAD = 48;

  static final int FSYNC_DELAY = 64;
  static final int FSYNC_ERRNO = 72;
  static final int FSYNC_ERRORS = 80;
  static final int WRITE_ERRNO = 88;
  static final int WRITE_ERRORS = 96;
  static final int WRITE_MOST = 104;
  static final int FREE_BYTES = 112;

  static final int PID = 128;
  static final int FSYNCS = 136;
  static final int FSYNCS_DELAYED = 144;
  static final int FSYNCS_FAILED = 152;
  static final int WRITES_FAILED = 160;
  static final int WRITES_CUT = 168;
  static final int SPACE_ANSWERS = 176;
  static final int WAITS = 184;
  static final int UPTIME_READS = 192;

  private static final int MAGIC = 0;
  private static final int BYTES = 4096;
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final MappedByteBuffer page;

  private ControlPage(MappedByteBuffer page) {
    this.page = page;
  }

  /** A new file, all 0. */
  static ControlPage create(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new ControlPage(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("no control file at " + file, e);
    }
  }

  /** From now on a process may load it: writes {@code BATSHIM1}. */
  void declareSound() {
    set(MAGIC, 0x314d494853544142L);
  }

  long get(int word) {
    return (long) WORD.getVolatile(page, word);
  }

  void set(int word, long value) {
    WORD.setVolatile(page, word, value);
  }
}
