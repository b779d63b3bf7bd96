package io.baton.coordinator.storage;

import java.io.IOException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * A snapshot is not what was written, and no other attempt makes it so. An error of reading or
 * writing is another thing: that may be gone when descriptors or disk space are no longer short.
 */
final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }

  private DamagedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What RocksDB says of a file or directory: damage, unless it could not read or write. */
  static IOException of(Object file, RocksDBException said) {
    Status status = said.getStatus();
    return status != null && status.getCode() == Status.Code.IOError
        ? new IOException(file + " can't be read or copied: " + said.getMessage(), said)
        : new DamagedException(file + " is damaged: " + said.getMessage(), said);
  }
}
