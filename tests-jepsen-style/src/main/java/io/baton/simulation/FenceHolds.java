package io.baton.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * Promise 2, whatever clocks and processes do: no resource that checks epochs, one a slot, accepts
 * a write of an older epoch than one it has seen, and under one epoch only one process writes.
 */
final class FenceHolds extends Invariant {
  private final Map<SlotName, Long> highest = new HashMap<>();
  private final Map<Long, Life> writers = new HashMap<>();

  void accepted(SlotName name, long epoch, SimAgent by, Life writer) {
    long seen = highest.merge(name, epoch, Math::max);
    if (seen > epoch) {
      violated(by.id() + " wrote under epoch " + epoch + " after a write under epoch " + seen);
    }
    Life other = writers.putIfAbsent(epoch, writer);
    if (other != null && other != writer) {
      violated(by.id() + " wrote under epoch " + epoch + ", which is another process's");
    }
  }
}
