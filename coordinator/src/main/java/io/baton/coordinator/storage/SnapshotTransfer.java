package io.baton.coordinator.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.service.Snapshots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Snapshots on their way from one coordinator to another. */
final class SnapshotTransfer {
  /** No separators, no dots alone: a name from the wire stays within its directory. */
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private SnapshotTransfer() {}

  /** Opens every file at once: what is deleted later stays readable. */
  static final class Reading implements Snapshots.Outgoing {
    private final Snapshots.Position position;
    private final SortedMap<String, FileChannel> channels = new TreeMap<>();

    Reading(Path snapshot, Snapshots.Position position) throws IOException {
      this.position = position;
      try (Stream<Path> files = Files.list(snapshot)) {
        for (Path file : files.toList()) {
          channels.put(String.valueOf(file.getFileName()), FileChannel.open(file));
        }
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public Snapshots.Position position() {
      return position;
    }

    @Override
    public List<String> files() {
      return List.copyOf(channels.keySet());
    }

    @Override
    public ReadableByteChannel file(String name) {
      FileChannel channel = channels.get(name);
      if (channel == null) {
        throw new IllegalArgumentException("no file " + name);
      }
      return channel;
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : channels.values()) {
        channel.close();
      }
    }
  }

  /** Written into a draft that counts only once it is published. */
  static class Writing implements Snapshots.Incoming {
    private final Checkpoints checkpoints;
    private final Snapshots.Position position;
    private final Path draft;

    Writing(Checkpoints checkpoints, Snapshots.Position position) throws IOException {
      this.checkpoints = checkpoints;
      this.position = position;
      this.draft = checkpoints.draft(position, "received");
      Files.createDirectory(draft);
    }

    @Override
    public void append(String file, ByteBuffer data) throws IOException {
      if (!FILE.matcher(file).matches()) {
        throw new IOException("a snapshot has no file named '" + file + "'");
      }
      try (FileChannel channel = FileChannel.open(draft.resolve(file), CREATE, APPEND)) {
        while (data.hasRemaining()) {
          channel.write(data);
        }
      }
    }

    @Override
    public void publish() throws IOException {
      SnapshotCheck.tryOut(draft, position);
      checkpoints.publish(draft, position);
    }

    @Override
    public void close() throws IOException {
      DurableFiles.deleteTree(draft);
    }
  }

  /** The files of a snapshot that are never changed and may be shared by hard links. */
  static void cloneInto(Path snapshot, Path target) throws IOException {
    DurableFiles.deleteTree(target);
    Files.createDirectory(target);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(snapshot)) {
      listed.forEach(files::add);
    }
    for (Path file : files) {
      Path copy = target.resolve(String.valueOf(file.getFileName()));
      if (file.toString().endsWith(".sst")) {
        Files.createLink(copy, file);
      } else {
        Files.copy(file, copy);
      }
    }
  }
}
