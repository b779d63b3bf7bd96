package io.baton.coordinator.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks for a snapshot after some time and after some growth of the log; after a number of entries
 * Ratis does it itself. One thread.
 */
final class SnapshotSchedule {
  private final RatisLog log;
  private final RaftConfig.Retention retention;
  private final Path segments;
  private long askedNanos = System.nanoTime();
  private long bytesWhenAsked;

  SnapshotSchedule(RatisLog log, RaftConfig config, String group) {
    this.log = log;
    this.retention = config.retention();
    this.segments = config.groupDirectory(group).resolve("current");
  }

  void tick(long nowNanos) throws IOException {
    long bytes = logBytes();
    bytesWhenAsked = Math.min(bytesWhenAsked, bytes);
    boolean due = nowNanos - askedNanos >= retention.snapshotEvery().toNanos();
    if (due || bytes - bytesWhenAsked >= retention.snapshotLogBytes()) {
      askedNanos = nowNanos;
      bytesWhenAsked = bytes;
      var unused = log.snapshot();
    }
  }

  /** Segments come and go meanwhile: one that has gone counts nothing. */
  private long logBytes() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(segments)) {
      files = listed.toList();
    }
    return files.stream().map(Path::toFile).mapToLong(java.io.File::length).sum();
  }
}
