package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.disk.RefusedDirectoryException;
import io.baton.coordinator.service.Snapshots.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.server.storage.StorageImplUtils;

/**
 * Makes sure, before Ratis starts, that its directory is one to vote from. Formatting is a step of
 * its own, with all of it durable before the marker says MEMBER: from then on a missing log or vote
 * is a loss, never a beginning.
 */
final class RaftDirectory {
  private RaftDirectory() {}

  static void prepare(
      RaftConfig config,
      DataDirectory directory,
      RaftProperties properties,
      Optional<Position> snapshot)
      throws IOException {
    Marker marker = directory.marker();
    switch (marker.phase()) {
      case EMPTY ->
          throw new IllegalStateException(
              "nobody has decided yet that " + config.self() + " votes");
      case DECIDED -> {
        DurableFiles.deleteTree(config.raftDirectory());
        format(config, marker.group(), properties);
        directory.formatted();
      }
      case MEMBER -> {
        Path group = config.groupDirectory(marker.group());
        Path current = group.resolve("current");
        if (!Files.isDirectory(current)) {
          throw new RefusedDirectoryException(
              group + ", the log, is missing. " + DataDirectory.rejoin());
        }
        new VoteFile(config, marker.group()).check();
        long snapshotIndex = snapshot.map(Position::index).orElse(-1L);
        requireNoGap(current, snapshotIndex);
        SegmentCheck.run(current, snapshotIndex);
      }
    }
  }

  /** Entries between the snapshot and the log would be missing without a word. */
  private static void requireNoGap(Path current, long snapshotIndex) throws IOException {
    OptionalLong first = SegmentCheck.firstIndex(current);
    if (first.isPresent() && first.getAsLong() > snapshotIndex + 1) {
      throw new RefusedDirectoryException(
          "%s: the log begins at entry %d, and the newest snapshot ends at entry %s. %s"
              .formatted(
                  current,
                  first.getAsLong(),
                  snapshotIndex < 0 ? "none" : snapshotIndex,
                  DataDirectory.rejoin()));
    }
  }

  private static void format(RaftConfig config, String group, RaftProperties properties)
      throws IOException {
    DurableFiles.createDirectory(config.raftDirectory());
    StorageImplUtils.initRaftStorage(group, StartupOption.FORMAT, properties).close();
    DurableFiles.syncTree(config.raftDirectory());
  }
}
