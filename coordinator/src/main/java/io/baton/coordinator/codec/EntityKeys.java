package io.baton.coordinator.codec;

import io.baton.coordinator.state.Entity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An entity's key as bytes whose unsigned order is the order of the keys: the kind, the two texts,
 * each ended by bytes 0, 1 (a 0 within is followed by 0xFF), the number with its sign bit turned.
 */
final class EntityKeys {
  private EntityKeys() {}

  static byte[] encode(Entity.Key key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.write(kindNumber(key.kind()));
    writeText(out, key.name());
    writeText(out, key.part());
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(key.number() ^ Long.MIN_VALUE).array());
    return out.toByteArray();
  }

  private static void writeText(ByteArrayOutputStream out, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
      if (b == 0) {
        out.write(0xFF);
      }
    }
    out.write(0);
    out.write(1);
  }

  /** Numbers are on disk: they stay. */
  private static int kindNumber(Entity.Kind kind) {
    return switch (kind) {
      case CLUSTER -> 1;
      case COORDINATOR -> 2;
      case GROUP -> 3;
      case SLOT -> 4;
      case MEMBER -> 5;
      case SESSION -> 6;
      case ANSWER -> 7;
      case WAIT -> 8;
      case HOST_DRAIN -> 9;
      case AGREEMENT -> 10;
    };
  }
}
