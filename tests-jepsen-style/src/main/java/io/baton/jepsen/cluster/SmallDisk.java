package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system in memory that is easily filled. Needs the right to mount. */
public final class SmallDisk implements AutoCloseable {
  private static final int STEP_BYTES = 1 << 20;

  private final Path directory;
  private final Path ballast;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /** Mounts one there; the directory is made. */
  public static SmallDisk mount(Path directory, int megabytes) {
    try {
      Files.createDirectories(directory);
      run(
          "mount",
          "-t",
          "tmpfs",
          "-o",
          "size=" + megabytes + "m",
          "baton-trials",
          directory.toString());
      return new SmallDisk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills it until no more than that is free, as fast as it goes. */
  public void fillTo(long freeBytes) {
    try (FileChannel file =
        FileChannel.open(
            ballast,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer zeros = ByteBuffer.allocate(STEP_BYTES);
      while (free() > freeBytes) {
        zeros.clear().limit((int) Math.min(STEP_BYTES, free() - freeBytes));
        file.write(zeros);
      }
    } catch (IOException full) {
      if (free() > freeBytes) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** Gives the space back. */
  public void empty() {
    try {
      Files.deleteIfExists(ballast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes. */
  public long free() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody may use it any more. */
  @Override
  public void close() {
    run("umount", directory.toString());
  }

  private static void run(String... command) {
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while mounting", e);
    }
  }
}
