package io.baton.coordinator.service;

/** What is left of a round: operations, and bytes by estimate. */
final class RoundRoom {
  private int operations;
  private int bytes;

  RoundRoom(int operations, int bytes) {
    this.operations = operations;
    this.bytes = bytes;
  }

  boolean fits(int size) {
    return operations > 0 && size <= bytes;
  }

  void take(int size) {
    operations--;
    bytes -= size;
  }

  RoundRoom without(RoundRoom kept) {
    return new RoundRoom(operations - kept.operations, bytes - kept.bytes);
  }
}
