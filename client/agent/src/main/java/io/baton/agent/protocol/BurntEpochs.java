package io.baton.agent.protocol;

import java.util.TreeMap;

/**
 * Rule 13: never active twice under one epoch. The highest epoch each slot of a group has used up,
 * over all memberships.
 */
final class BurntEpochs {
  private final TreeMap<Integer, Long> highest = new TreeMap<>();

  boolean isBurnt(int slot, long epoch) {
    return epoch <= highest.getOrDefault(slot, 0L);
  }

  /** Of all slots; 0: none is used up. */
  long highest() {
    return highest.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  void burn(int slot, long epoch) {
    highest.merge(slot, epoch, Math::max);
  }
}
