package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Durable images of the state, as the log needs them. A snapshot counts once it would survive a
 * power cut, never before: the log behind it is purged then.
 */
public interface Snapshots {
  /** The last entry that a snapshot contains. */
  record Position(long term, long index) {}

  /** The newest durable snapshot. Any thread. */
  Optional<Position> newest();

  /**
   * Replaces the live store by a clone of the newest snapshot, or by an empty one, and returns its
   * state. What was applied since that snapshot is forgotten: the log has it. Core thread; blocks
   * for as long as reading takes.
   */
  ClusterState reload();

  /**
   * Writes most of what was applied to the disk, so that {@link #draft} finds little left to write.
   * Blocks for as long as the disk does; not on the core thread, and never during {@link #reload}.
   */
  void flush();

  /**
   * Freezes what was applied until now. Core thread; milliseconds. Empty where nothing was.
   *
   * @param sessions all sessions: their renewal numbers are written here only
   */
  Optional<Draft> draft(Stream<Entity> sessions);

  /**
   * Opens the newest snapshot for sending; its files stay readable after it was replaced. Any
   * thread; blocks for as long as it takes to read it all, since one that is damaged is not sent.
   *
   * @throws IOException it can't be read or copied now: descriptors or disk space may be short
   */
  Optional<Outgoing> openNewest() throws IOException;

  /** Begins a snapshot that comes from another coordinator. Any thread. */
  Incoming receive(Position position) throws IOException;

  /** A frozen state that isn't durable yet. */
  interface Draft {
    /** Makes it durable and forgets old snapshots. Blocks; not on the core thread. */
    Position publish();
  }

  /** A snapshot being read. */
  interface Outgoing extends Closeable {
    /** The last entry that it contains. */
    Position position();

    /** The names of its files. */
    List<String> files();

    /** One file, from its beginning; closed with the snapshot. */
    ReadableByteChannel file(String name);
  }

  /** A snapshot being written. Closed without having been published, it leaves nothing behind. */
  interface Incoming extends Closeable {
    /** Appends to a file of this name. */
    void append(String file, ByteBuffer data) throws IOException;

    /**
     * Makes it durable and the newest.
     *
     * @throws IOException also where it is damaged
     */
    void publish() throws IOException;
  }
}
