package io.baton.agent;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Which slot of a sharded group a key belongs to; the same in every language. */
public final class Slots {
  private Slots() {}

  /**
   * CRC-32C (Castagnoli) of the key's UTF-8, modulo the number of slots. A group's number of slots
   * never changes, and so neither does a key's slot.
   *
   * @throws IllegalArgumentException there are none
   */
  public static int of(String key, int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots: " + slots + " is below 1");
    }
    CRC32C sum = new CRC32C();
    sum.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (sum.getValue() % slots);
  }
}
