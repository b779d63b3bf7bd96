package io.baton.coordinator.codec;

import io.baton.coordinator.state.Entity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The canonical hash of the state: SHA-256 over its entities in the order of their keys, each key
 * and value behind its length. Coordinators that have applied the same entry have the same hash.
 */
public final class StateHash {
  private StateHash() {}

  /** The hash in lower-case hexadecimal. The entities must come in the order of their keys. */
  public static String of(Stream<Entity> entities) {
    MessageDigest digest = sha256();
    entities.forEachOrdered(
        entity -> {
          update(digest, ImageCodec.encodeKey(entity.key()));
          update(digest, ImageCodec.encode(entity));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
