package io.baton.coordinator.disk;

import io.baton.coordinator.service.FaultHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Free space, so that a full disk never reaches Ratis, which empties its own vote file then (trap
 * 7). Below the watermark the coordinator takes no more commands; below the floor it doesn't run.
 */
public final class DiskSpace implements AutoCloseable {
  private static final long CHECK_MILLIS = 250;

  /** How much is left. */
  public enum Level {
    /** Enough. */
    OK,
    /** Below the watermark: nothing new is taken in. */
    READ_ONLY,
    /** Below the floor: the process stops before a write fails. */
    FLOOR
  }

  /** Bytes free below which each level begins. */
  public record Bounds(long watermarkBytes, long floorBytes) {
    /** 256 MB and 64 MB. */
    public static final Bounds DEFAULT = new Bounds(256L << 20, 64L << 20);

    public Bounds {
      if (floorBytes < 0 || watermarkBytes <= floorBytes) {
        throw new IllegalArgumentException("the watermark must be above the floor");
      }
    }

    Level level(long freeBytes) {
      if (freeBytes < floorBytes) {
        return Level.FLOOR;
      }
      return freeBytes < watermarkBytes ? Level.READ_ONLY : Level.OK;
    }
  }

  /** Free bytes where the data is. */
  @FunctionalInterface
  public interface Gauge {
    /** Bytes that this process may still write. */
    long freeBytes() throws IOException;
  }

  private final Gauge gauge;
  private final Bounds bounds;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "disk-space");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile Level level = Level.OK;

  /** Looks at a gauge; nothing is watched yet. */
  public DiskSpace(Gauge gauge, Bounds bounds) {
    this.gauge = gauge;
    this.bounds = bounds;
  }

  /** The space of the file system that holds a directory. */
  public static DiskSpace of(Path directory, Bounds bounds) {
    return new DiskSpace(() -> Files.getFileStore(directory).getUsableSpace(), bounds);
  }

  /**
   * Looks once, before anything is written.
   *
   * @throws RefusedDirectoryException there is less than the floor
   */
  public void requireRoom() throws IOException {
    long free = gauge.freeBytes();
    level = bounds.level(free);
    if (level == Level.FLOOR) {
      throw new RefusedDirectoryException(
          "%d MB are free and %d MB are the least to start with: make room first"
              .formatted(free >> 20, bounds.floorBytes() >> 20));
    }
  }

  /** Goes on looking, on a thread of its own, four times a second. */
  public void watch(FaultHandler faults) {
    var unused =
        thread.scheduleWithFixedDelay(() -> look(faults), 0, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(FaultHandler faults) {
    try {
      long free = gauge.freeBytes();
      level = bounds.level(free);
      if (level == Level.FLOOR) {
        throw faults.fatal(
            "disk: %d MB are free, the floor is %d MB"
                .formatted(free >> 20, bounds.floorBytes() >> 20),
            null);
      }
    } catch (IOException e) {
      throw faults.fatal("disk: free space can't be told", e);
    }
  }

  /** The level at the last look. Any thread. */
  public Level level() {
    return level;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
