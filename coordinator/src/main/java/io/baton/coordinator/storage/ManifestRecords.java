package io.baton.coordinator.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The records of RocksDB's MANIFEST, which says which tables make up a database: a header of seven
 * bytes, then data, neither across the end of a block; zeros where no header fits before it. The
 * format is that of <a
 * href="https://github.com/google/leveldb/blob/main/doc/log_format.md">LevelDB's log</a>. Pure.
 */
final class ManifestRecords {
  static final int BLOCK_BYTES = 32_768;

  private static final int CHECKSUM_BYTES = 4;
  private static final int HEADER_BYTES = CHECKSUM_BYTES + 3;
  private static final int FIRST_TYPE = 1;
  private static final int LAST_TYPE = 4;
  private static final int MASK_DELTA = 0xa282ead8;

  private final ByteBuffer bytes;

  /** Of that file's content, which must not change meanwhile. */
  ManifestRecords(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Where the first record begins that is not what was written; empty: all of them are, and there
   * is one.
   */
  OptionalInt damaged() {
    int at = 0;
    do {
      int leftInBlock = BLOCK_BYTES - at % BLOCK_BYTES;
      if (leftInBlock < HEADER_BYTES && zeros(at, at + leftInBlock)) {
        at += leftInBlock;
      } else if (isWhole(at, leftInBlock)) {
        at += HEADER_BYTES + length(at);
      } else {
        return OptionalInt.of(at);
      }
    } while (at < bytes.capacity());
    return OptionalInt.empty();
  }

  private boolean zeros(int from, int to) {
    for (int i = from; i < Math.min(to, bytes.capacity()); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isWhole(int at, int leftInBlock) {
    return at + HEADER_BYTES <= bytes.capacity()
        && HEADER_BYTES + length(at) <= Math.min(leftInBlock, bytes.capacity() - at)
        && type(at) >= FIRST_TYPE
        && type(at) <= LAST_TYPE
        && bytes.getInt(at) == masked(checksum(at));
  }

  private int length(int at) {
    return Short.toUnsignedInt(bytes.getShort(at + CHECKSUM_BYTES));
  }

  private int type(int at) {
    return bytes.get(at + HEADER_BYTES - 1);
  }

  /** Over type and data. */
  private int checksum(int at) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), at + HEADER_BYTES - 1, 1 + length(at));
    return (int) sum.getValue();
  }

  /** LevelDB stores no checksum as it is: data may hold checksums of its own. */
  private static int masked(int checksum) {
    return Integer.rotateRight(checksum, 15) + MASK_DELTA;
  }
}
