package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.disk.RefusedDirectoryException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ratis's {@code raft-meta}, which holds term and vote, and a copy of it out of Ratis's way: a disk
 * that was full leaves the original empty (trap 7).
 *
 * <p>The copy may be a little older than the original was. So what is restored is not the copy but
 * a term far above it with a vote for oneself: a vote that the copy doesn't know was cast in a term
 * close above the copy's, and can't be cast again.
 */
final class VoteFile {
  private static final Logger LOG = LoggerFactory.getLogger(VoteFile.class);

  /** More elections than there can be between two copies. */
  private static final long TERMS_SKIPPED = 1_000;

  private final Path original;
  private final Path copy;
  private final String self;
  private byte[] copied = {};

  VoteFile(RaftConfig config, String group) {
    this.original = config.groupDirectory(group).resolve("current").resolve("raft-meta");
    this.copy = config.directory().resolve("raft-meta.copy");
    this.self = config.self();
  }

  /** Copies the original where it has changed. One thread. */
  void copy() throws IOException {
    if (!Files.exists(original)) {
      return; // Ratis is replacing it
    }
    byte[] now = Files.readAllBytes(original);
    if (now.length > 0 && !Arrays.equals(now, copied)) {
      DurableFiles.write(copy, now);
      copied = now;
    }
  }

  /**
   * Restores an emptied original; before Ratis starts.
   *
   * @throws RefusedDirectoryException it is missing, or there is no copy
   */
  void check() throws IOException {
    if (!Files.exists(original)) {
      throw new RefusedDirectoryException(
          original
              + ", which holds this coordinator's vote, is missing. "
              + DataDirectory.rejoin());
    }
    if (Files.size(original) == 0) {
      restore();
    }
    DurableFiles.sync(original.resolveSibling("."));
  }

  private void restore() throws IOException {
    if (!Files.exists(copy)) {
      throw new RefusedDirectoryException(
          original
              + ", which holds this coordinator's vote, is empty and has no copy. "
              + DataDirectory.rejoin());
    }
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(copy)));
    long term = Long.parseLong(properties.getProperty("term", "0")) + TERMS_SKIPPED;
    String restored = "term=" + term + "\nvotedFor=" + self + "\n";
    DurableFiles.write(original, restored.getBytes(StandardCharsets.UTF_8));
    LOG.warn("restored {} at term {}", original, term);
  }
}
