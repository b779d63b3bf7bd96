package io.baton.agent.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A clock that goes on while the machine is suspended. Not thread-safe. */
interface BootTime {
  /** Nanoseconds since an arbitrary origin. */
  long nanos();

  /** How much it may seem to gain on monotonic time without a suspension, in nanoseconds. */
  long toleranceNanos();

  /** {@code /proc/uptime} where there is one, wall time elsewhere. */
  static BootTime ofThisMachine() {
    Path uptime = Path.of("/proc/uptime");
    if (Files.isReadable(uptime)) {
      try {
        return new Uptime(uptime);
      } catch (IOException e) {
        return new WallTime(System::currentTimeMillis);
      }
    }
    return new WallTime(System::currentTimeMillis);
  }

  /**
   * Linux's time since boot, in steps of 10 ms. The file stays open. A {@link RandomAccessFile},
   * since an interrupted thread would close a channel.
   */
  final class Uptime implements BootTime {
    private static final long STEP = 10_000_000L;

    private final RandomAccessFile file;
    private final byte[] text = new byte[64];

    Uptime(Path path) throws IOException {
      file = new RandomAccessFile(path.toFile(), "r");
      nanos();
    }

    @Override
    public long nanos() {
      try {
        file.seek(0);
        return parse(file.read(text));
      } catch (IOException e) {
        throw new IllegalStateException("/proc/uptime can't be read", e);
      }
    }

    /** The first number, which has two decimals. */
    private long parse(int length) {
      long hundredths = 0;
      for (int i = 0; i < length && text[i] != ' '; i++) {
        if (text[i] != '.') {
          hundredths = hundredths * 10 + (text[i] - '0');
        }
      }
      return hundredths * STEP;
    }

    @Override
    public long toleranceNanos() {
      return 30_000_000L;
    }
  }

  /**
   * Counts suspensions, and every step forward of the wall clock too: that costs a lease at worst.
   */
  final class WallTime implements BootTime {
    private final LongSupplier millis;

    WallTime(LongSupplier millis) {
      this.millis = millis;
    }

    @Override
    public long nanos() {
      return millis.getAsLong() * 1_000_000L;
    }

    @Override
    public long toleranceNanos() {
      return 250_000_000L;
    }
  }
}
