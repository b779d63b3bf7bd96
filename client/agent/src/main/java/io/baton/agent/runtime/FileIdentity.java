package io.baton.agent.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What tells one file from every other, copies of it included: {@code machine:boot:device:inode}.
 */
final class FileIdentity {
  /** File systems whose locks and inodes can be trusted, since one kernel has them. */
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "tmpfs",
          "f2fs",
          "jfs",
          "reiserfs",
          "bcachefs",
          "overlay");

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private FileIdentity() {}

  /**
   * The identity of an existing file; empty where it can't be told, or where locks can't be
   * trusted.
   */
  static String of(Path file) throws IOException {
    if (!Files.isReadable(BOOT_ID) || !isLocal(Files.getFileStore(file).type())) {
      return "";
    }
    String machine = Files.isReadable(MACHINE_ID) ? word(MACHINE_ID) : "";
    return machine
        + ":"
        + word(BOOT_ID)
        + ":"
        + Files.getAttribute(file, "unix:dev")
        + ":"
        + Files.getAttribute(file, "unix:ino");
  }

  static boolean isLocal(String fileSystemType) {
    return LOCAL.contains(fileSystemType);
  }

  private static String word(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
