package io.baton.coordinator.storage;

import io.baton.coordinator.service.Snapshots.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB: state, history and meta as column families, flushed together and without a
 * write-ahead log, since the Raft log is one (design §5.11). Memory is bounded: 16 MB of writes, 8
 * MB of blocks. Not thread-safe, but for {@link #flush}.
 */
final class LiveDatabase implements AutoCloseable {
  private static final byte[] APPLIED = "applied".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.UTF_8);
  private static final int FORMAT = 1;
  private static final long WRITE_BUFFER_BYTES = 4 << 20;
  private static final long ALL_WRITE_BUFFERS_BYTES = 16 << 20;
  private static final long BLOCK_CACHE_BYTES = 8 << 20;

  private final List<AutoCloseable> resources = new ArrayList<>();
  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final WriteOptions unlogged;
  private final RocksDB db;
  final ColumnFamilyHandle state;
  final ColumnFamilyHandle history;
  private final ColumnFamilyHandle meta;

  LiveDatabase(Path directory) throws RocksDBException {
    unlogged = keep(new WriteOptions().setDisableWAL(true));
    DBOptions options =
        keep(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setAtomicFlush(true)
            .setParanoidChecks(true)
            .setDbWriteBufferSize(ALL_WRITE_BUFFERS_BYTES)
            .setMaxBackgroundJobs(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setMaxLogFileSize(1 << 20)
            .setKeepLogFileNum(2);
    Cache cache = keep(new LRUCache(BLOCK_CACHE_BYTES));
    ColumnFamilyOptions familyOptions =
        keep(new ColumnFamilyOptions())
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (String name : List.of("default", "state", "history", "meta")) {
      descriptors.add(
          new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), familyOptions));
    }
    try {
      db = RocksDB.open(options, directory.toString(), descriptors, families);
    } catch (RocksDBException e) {
      free();
      throw e;
    }
    state = families.get(1);
    history = families.get(2);
    meta = families.get(3);
    try {
      checkFormat();
    } catch (RocksDBException e) {
      close();
      throw e;
    }
  }

  /** Term and index of the last entry written; empty for a new database. */
  Optional<Position> applied() throws RocksDBException {
    byte[] value = db.get(meta, APPLIED);
    if (value == null) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return Optional.of(new Position(buffer.getLong(), buffer.getLong()));
  }

  /** Adds the index to a batch and writes it, whole or not at all. */
  void write(WriteBatch batch, long term, long index) throws RocksDBException {
    byte[] position = ByteBuffer.allocate(2 * Long.BYTES).putLong(term).putLong(index).array();
    batch.put(meta, APPLIED, position);
    db.write(unlogged, batch);
  }

  /** Writes a batch that moves no index. */
  void write(WriteBatch batch) throws RocksDBException {
    db.write(unlogged, batch);
  }

  RocksIterator iterate(ColumnFamilyHandle family) {
    return db.newIterator(family);
  }

  /** Writes what is in memory to files, and waits for it. Any thread. */
  void flush() throws RocksDBException {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush, families);
    }
  }

  /**
   * Flushes and writes a checkpoint of it, hard-linked where possible, into a directory that
   * doesn't exist.
   */
  void checkpoint(Path directory) throws RocksDBException {
    flush();
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(directory.toString());
    }
  }

  private void checkFormat() throws RocksDBException {
    byte[] value = db.get(meta, FORMAT_KEY);
    if (value == null) {
      db.put(meta, unlogged, FORMAT_KEY, new byte[] {FORMAT});
    } else if (value[0] != FORMAT) {
      throw new RocksDBException(
          "the store has format " + value[0] + "; this version reads " + FORMAT);
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    resources.add(0, resource);
    return resource;
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    free();
  }

  private void free() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("a RocksDB object can't be freed", e);
      }
    }
  }
}
