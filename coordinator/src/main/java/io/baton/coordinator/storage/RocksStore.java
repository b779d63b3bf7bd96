package io.baton.coordinator.storage;

import io.baton.coordinator.codec.CorruptDataException;
import io.baton.coordinator.codec.HistoryCodec;
import io.baton.coordinator.codec.ImageCodec;
import io.baton.coordinator.disk.DurableFiles;
import io.baton.coordinator.service.FaultHandler;
import io.baton.coordinator.service.Snapshots;
import io.baton.coordinator.service.Store;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Applied state and history in RocksDB. The live database of the last run is discarded at a start:
 * Ratis replays from the newest snapshot, so that is where the store begins too (design §5.11, trap
 * 26). Owned by the core thread, but for what {@link Snapshots} gives to any thread. Whatever fails
 * goes to the fault handler.
 */
public final class RocksStore implements Store, Snapshots, AutoCloseable {
  /** Events are trimmed in batches: a range tombstone an entry would slow every read of history. */
  private static final long TRIM_BATCH = 256;

  private final Path live;
  private final Checkpoints checkpoints;
  private final FaultHandler faults;
  private volatile @Nullable Position newest;
  private volatile @Nullable LiveDatabase database;
  private long compactedRevision;
  private long trimmedRevision;

  /**
   * A store in a directory that nobody else uses; {@link #reload} opens it. Reads the newest
   * snapshot whole, and blocks for as long as that takes; damage goes to the fault handler.
   *
   * @throws IOException the directory can't be read or written, or RocksDB can't be loaded
   */
  public RocksStore(Path directory, FaultHandler faults) throws IOException {
    RocksLibrary.load();
    this.live = directory.resolve("live");
    this.checkpoints = new Checkpoints(directory.resolve("snapshots"));
    this.faults = faults;
    this.newest = checkpoints.newest().orElse(null);
    if (newest != null) {
      verify(newest);
    }
  }

  // ------------------------------------------------------------------ Store

  @Override
  public void write(
      long term,
      long index,
      Map<Entity.Key, Optional<Entity>> touched,
      List<HistoryEvent> events,
      long compacted) {
    LiveDatabase db = database();
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<Entity.Key, Optional<Entity>> entry : touched.entrySet()) {
        byte[] key = ImageCodec.encodeKey(entry.getKey());
        if (entry.getValue().isPresent()) {
          batch.put(db.state, key, ImageCodec.encode(entry.getValue().get()));
        } else {
          batch.delete(db.state, key);
        }
      }
      for (HistoryEvent event : events) {
        batch.put(db.history, HistoryCodec.encodeKey(event.revision()), HistoryCodec.encode(event));
      }
      trim(db, batch, compacted);
      db.write(batch, term, index);
    } catch (RocksDBException e) {
      throw failed("entry " + index + " can't be written", e);
    }
  }

  private void trim(LiveDatabase db, WriteBatch batch, long compacted) throws RocksDBException {
    compactedRevision = Math.max(compactedRevision, compacted);
    if (compactedRevision - trimmedRevision >= TRIM_BATCH) {
      batch.deleteRange(
          db.history, HistoryCodec.encodeKey(0), HistoryCodec.encodeKey(compactedRevision + 1));
      trimmedRevision = compactedRevision;
    }
  }

  @Override
  public void mark(long term, long index) {
    try (WriteBatch batch = new WriteBatch()) {
      database().write(batch, term, index);
    } catch (RocksDBException e) {
      throw failed("index " + index + " can't be written", e);
    }
  }

  @Override
  public List<HistoryEvent> eventsFrom(long from, int limit) {
    LiveDatabase db = database();
    List<HistoryEvent> events = new ArrayList<>();
    try (RocksIterator iterator = db.iterate(db.history)) {
      iterator.seek(HistoryCodec.encodeKey(Math.max(from, compactedRevision + 1)));
      for (; iterator.isValid() && events.size() < limit; iterator.next()) {
        events.add(HistoryCodec.decode(iterator.value()));
      }
      iterator.status();
    } catch (RocksDBException | CorruptDataException e) {
      throw failed("the history can't be read", e);
    }
    return events;
  }

  @Override
  public List<HistoryEvent> eventsBackFrom(long from, int limit) {
    LiveDatabase db = database();
    List<HistoryEvent> events = new ArrayList<>();
    try (RocksIterator iterator = db.iterate(db.history)) {
      iterator.seekForPrev(HistoryCodec.encodeKey(from));
      for (; iterator.isValid() && events.size() < limit; iterator.prev()) {
        HistoryEvent event = HistoryCodec.decode(iterator.value());
        if (event.revision() <= compactedRevision) {
          break;
        }
        events.add(event);
      }
      iterator.status();
    } catch (RocksDBException | CorruptDataException e) {
      throw failed("the history can't be read", e);
    }
    return events;
  }

  // ------------------------------------------------------------------ Snapshots

  @Override
  public Optional<Position> newest() {
    return Optional.ofNullable(newest);
  }

  @Override
  public ClusterState reload() {
    close();
    Position from = newest;
    try {
      if (from == null) {
        DurableFiles.deleteTree(live);
        Files.createDirectories(live);
      } else {
        SnapshotTransfer.cloneInto(checkpoints.path(from), live);
      }
      LiveDatabase opened = new LiveDatabase(live);
      database = opened;
      if (from != null) {
        SnapshotCheck.holds(from, opened);
      }
      ClusterState state = ClusterState.restore(readEntities(opened).stream());
      compactedRevision = state.cluster().compactedRevision();
      trimmedRevision = compactedRevision;
      return state;
    } catch (IOException | RocksDBException e) {
      throw failed(from == null ? "the store can't be opened" : unreadable(from), e);
    }
  }

  private void verify(Position position) {
    try {
      SnapshotCheck.verify(checkpoints.path(position));
    } catch (IOException e) {
      throw failed(unreadable(position), e);
    }
  }

  private String unreadable(Position position) {
    return "snapshot "
        + checkpoints.path(position)
        + " can't be read: unless descriptors or disk space are short, remove this coordinator from"
        + " the cluster and add it under a new id with an empty directory";
  }

  @Override
  public void flush() {
    try {
      database().flush();
    } catch (RocksDBException e) {
      throw failed("the store can't be flushed", e);
    }
  }

  @Override
  public Optional<Draft> draft(Stream<Entity> sessions) {
    LiveDatabase db = database();
    try (WriteBatch batch = new WriteBatch()) {
      for (Entity session : (Iterable<Entity>) sessions::iterator) {
        batch.put(db.state, ImageCodec.encodeKey(session.key()), ImageCodec.encode(session));
      }
      db.write(batch);
      Optional<Position> applied = db.applied();
      if (applied.isEmpty()) {
        return Optional.empty();
      }
      Path draft = checkpoints.draft(applied.get(), "taken");
      db.checkpoint(draft);
      return Optional.of(() -> publish(draft, applied.get()));
    } catch (RocksDBException | IOException e) {
      throw failed("a snapshot can't be taken", e);
    }
  }

  private Position publish(Path draft, Position position) {
    try {
      publishing(() -> checkpoints.publish(draft, position));
      return position;
    } catch (IOException e) {
      throw failed("a snapshot can't be made durable", e);
    }
  }

  /** What makes one snapshot durable. */
  private interface Publication {
    void run() throws IOException;
  }

  /** One at a time, whichever thread it is on: {@code newest} only goes forward. */
  private synchronized void publishing(Publication publication) throws IOException {
    publication.run();
    newest = checkpoints.newest().orElseThrow();
  }

  /**
   * A damaged one goes nowhere, and neither does this coordinator: its disk can't be trusted. None
   * is published or deleted meanwhile, so that what is missing is damage. One that can't be read or
   * copied now is not sent now.
   */
  @Override
  public synchronized Optional<Outgoing> openNewest() throws IOException {
    Position position = newest;
    if (position == null) {
      return Optional.empty();
    }
    try {
      SnapshotCheck.tryOut(checkpoints.path(position), position);
    } catch (DamagedException e) {
      throw failed(unreadable(position), e);
    }
    return Optional.of(new SnapshotTransfer.Reading(checkpoints.path(position), position));
  }

  @Override
  public Incoming receive(Position position) throws IOException {
    return new SnapshotTransfer.Writing(checkpoints, position) {
      @Override
      public void publish() throws IOException {
        publishing(super::publish);
      }
    };
  }

  @Override
  public void close() {
    LiveDatabase open = database;
    database = null;
    if (open != null) {
      open.close();
    }
  }

  private static List<Entity> readEntities(LiveDatabase db)
      throws RocksDBException, CorruptDataException {
    List<Entity> entities = new ArrayList<>();
    try (RocksIterator iterator = db.iterate(db.state)) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        entities.add(ImageCodec.decode(iterator.value()));
      }
      iterator.status();
    }
    return entities;
  }

  private LiveDatabase database() {
    LiveDatabase open = database;
    if (open == null) {
      throw new IllegalStateException("the store is closed");
    }
    return open;
  }

  private IllegalStateException failed(String what, Exception e) {
    return faults.fatal("storage: " + what, e);
  }
}
