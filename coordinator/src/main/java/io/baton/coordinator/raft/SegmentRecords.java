package io.baton.coordinator.raft;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The records of one of Ratis's log segments: each a varint length, so many bytes of a log entry,
 * and the CRC32C of both. Pure.
 */
final class SegmentRecords {
  static final int CHECKSUM_BYTES = 4;

  /** How an entry begins in Protobuf: its fields 1 and 2 are term and index, both numbers. */
  private static final byte TERM = 1 << 3;

  private static final byte INDEX = 2 << 3;
  private static final int LONGEST_LENGTH = 5;
  private static final int LONGEST_NUMBER = 10;

  private final byte[] bytes;

  /** Of that file's content, which must not change meanwhile. */
  SegmentRecords(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Where the record that begins here ends by its own word, perhaps beyond the file; {@link
   * Long#MAX_VALUE} where its length has no end.
   */
  long end(int start) {
    int entry = afterNumber(start, LONGEST_LENGTH);
    if (entry < 0) {
      return Long.MAX_VALUE;
    }
    long length = 0;
    for (int i = entry - 1; i >= start; i--) {
      length = length << 7 | (bytes[i] & 0x7F);
    }
    return entry + length + CHECKSUM_BYTES;
  }

  /** Whether it lies in the file, and its checksum fits. */
  boolean isWhole(int start) {
    long end = end(start);
    return end <= bytes.length && checksumFits(start, (int) end);
  }

  /** Whether it would be whole if one bit of its length were the other. */
  boolean isWholeButForOneBitOfItsLength(int start) {
    byte[] copy = bytes.clone();
    SegmentRecords turned = new SegmentRecords(copy);
    int last = Math.min(start + LONGEST_LENGTH, copy.length);
    for (int i = start; i < last; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        copy[i] ^= (byte) (1 << bit);
        if (turned.isWhole(start)) {
          return true;
        }
        copy[i] ^= (byte) (1 << bit);
      }
    }
    return false;
  }

  /** Whether a whole record with an entry in it begins anywhere behind this place. */
  boolean anyWholeAfter(int start) {
    for (int i = start + 1; i < bytes.length; i++) {
      if (holdsEntry(i) && isWhole(i)) {
        return true;
      }
    }
    return false;
  }

  boolean zeros(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Spares most places a checksum over much of the file. */
  private boolean holdsEntry(int start) {
    int entry = afterNumber(start, LONGEST_LENGTH);
    if (entry < 0 || entry == bytes.length || bytes[entry] != TERM) {
      return false;
    }
    int index = afterNumber(entry + 1, LONGEST_NUMBER);
    return index > 0 && index < bytes.length && bytes[index] == INDEX;
  }

  /** Where a varint ends; -1 where it does not, within so many bytes and the file. */
  private int afterNumber(int start, int most) {
    for (int i = start; i < Math.min(start + most, bytes.length); i++) {
      if (bytes[i] >= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean checksumFits(int start, int end) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, start, end - CHECKSUM_BYTES - start);
    return ByteBuffer.wrap(bytes, end - CHECKSUM_BYTES, CHECKSUM_BYTES).getInt()
        == (int) sum.getValue();
  }
}
