package io.baton.coordinator.storage;

import io.baton.coordinator.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * RocksDB's native code. Left to itself, RocksDB unpacks it into a temporary file that goes at an
 * orderly exit only, so that each kill would leave 18 MB behind. Here the file goes as soon as it
 * is loaded: the process keeps what it has mapped.
 */
final class RocksLibrary {
  private RocksLibrary() {}

  /**
   * Loads it, once a process; blocks. Any thread.
   *
   * @throws IOException it can't be unpacked, or the system refuses to run it from there
   */
  static synchronized void load() throws IOException {
    Path directory = Files.createTempDirectory("baton-rocksdb");
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
      RocksDB.loadLibrary();
    } catch (UnsatisfiedLinkError e) {
      throw new IOException(
          "RocksDB's native library can't be loaded from "
              + directory
              + "; -Djava.io.tmpdir=DIRECTORY in BATON_JAVA_OPTS names a place that allows execution",
          e);
    } finally {
      DurableFiles.deleteTree(directory);
    }
  }
}
