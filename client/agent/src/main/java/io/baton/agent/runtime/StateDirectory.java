package io.baton.agent.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Proof of death (design §3.18): a file that is locked for the process's whole life and lists
 * incarnations, each with the identity the file had when it was added. Whoever gets the lock knows
 * that those listed under the file's present identity are dead. A copy of the file, another boot or
 * another machine has another identity and proves nothing; nor does a network file system.
 *
 * <p>One line an incarnation, {@code identity incarnation}; anything else in the file is passed
 * over. Lines are only added, and synced, before the incarnation is used; a torn write can lose a
 * proof, never make one.
 */
final class StateDirectory implements AutoCloseable {
  private static final String FILE = "incarnations";
  private static final int LARGEST_FILE_BYTES = 1 << 20;

  /** The most recent ones are named; more than that never joined anything. */
  private static final int MOST_PREDECESSORS = 64;

  /**
   * Directories open in this process. Looked at before the file is touched: closing any descriptor
   * of a file drops the process's locks on it.
   */
  private static final Set<Path> OPEN = new HashSet<>();

  /**
   * Files whose lock somebody else in this process holds, such as another copy of this class or a
   * directory reached by another link: they stay open for as long as the process lives, since to
   * close one would drop that lock, and make a proof of death of somebody who lives.
   */
  private static final List<RandomAccessFile> NEVER_CLOSED = new ArrayList<>();

  private final Path directory;
  private final RandomAccessFile file;
  private final FileLock lock;
  private final String identity;
  private final String incarnation = UUID.randomUUID().toString();
  private final List<String> predecessors;

  private StateDirectory(Path directory, RandomAccessFile file, FileLock lock, String identity)
      throws IOException {
    this.directory = directory;
    this.file = file;
    this.lock = lock;
    this.identity = identity;
    this.predecessors = identity.isEmpty() ? List.of() : listed();
    add();
  }

  /**
   * Locks the directory, which is made if need be, and lists a new incarnation in it.
   *
   * @throws IllegalStateException another process or agent has it
   */
  static StateDirectory open(Path path) {
    try {
      Path directory = Files.createDirectories(path).toRealPath();
      synchronized (OPEN) {
        if (!OPEN.add(directory)) {
          throw inUse(directory, "another agent of this process");
        }
        try {
          return openFile(directory);
        } catch (IOException | RuntimeException e) {
          OPEN.remove(directory);
          throw e;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("state directory " + path + " can't be used", e);
    }
  }

  private static StateDirectory openFile(Path directory) throws IOException {
    Path path = directory.resolve(FILE);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        throw inUse(directory, "another process");
      }
      return new StateDirectory(directory, file, lock, FileIdentity.of(path));
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(file);
      throw inUse(directory, "another agent of this process");
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static IllegalStateException inUse(Path directory, String by) {
    return new IllegalStateException(
        "state directory " + directory + " is in use by " + by + "; each needs one of its own");
  }

  /** What identifies the locked file; empty: it proves nothing. */
  String identity() {
    return identity;
  }

  /** This start of the process. */
  String incarnation() {
    return incarnation;
  }

  /** Those who lived in exactly this directory and are dead. */
  List<String> predecessors() {
    return predecessors;
  }

  private List<String> listed() throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : content().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words.length == 2 && words[0].equals(identity) && isUuid(words[1])) {
        found.add(words[1]);
      }
    }
    int from = Math.max(0, found.size() - MOST_PREDECESSORS);
    return List.copyOf(found.subList(from, found.size()));
  }

  private static boolean isUuid(String text) {
    return text.length() == 36
        && text.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
  }

  private String content() throws IOException {
    byte[] bytes = new byte[(int) Math.min(file.length(), LARGEST_FILE_BYTES)];
    file.seek(file.length() - bytes.length);
    file.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void add() throws IOException {
    if (!identity.isEmpty()) {
      file.seek(file.length());
      file.write(("\n" + line()).getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
  }

  private String line() {
    return identity + " " + incarnation + "\n";
  }

  /**
   * Lists this incarnation only: the joins that named the others are acknowledged. Blocks for a
   * disk write.
   */
  synchronized void forgetPredecessors() {
    if (identity.isEmpty() || predecessors.isEmpty() || !lock.isValid()) {
      return;
    }
    try {
      byte[] only = line().getBytes(StandardCharsets.UTF_8);
      file.seek(0);
      file.write(only);
      file.setLength(only.length);
      file.getFD().sync();
    } catch (IOException e) {
      throw new UncheckedIOException("state directory " + directory + " can't be written", e);
    }
  }

  /** Gives up the lock: the activity this incarnation stood for is over. */
  @Override
  public synchronized void close() {
    synchronized (OPEN) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("state directory " + directory + " can't be closed", e);
      } finally {
        OPEN.remove(directory);
      }
    }
  }
}
