package io.baton.simulation;

/** A resource that fences: it refuses a writer whose epoch is older than one it has seen. */
final class FencedRegister {
  private long highest;

  /** Whether the write was accepted. */
  boolean write(long epoch) {
    if (epoch < highest) {
      return false;
    }
    highest = epoch;
    return true;
  }
}
