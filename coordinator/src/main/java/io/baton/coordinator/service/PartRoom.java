package io.baton.coordinator.service;

import io.baton.coordinator.state.Member;

/**
 * What room there still is in one part of a group's picture: by number, and by bytes on the wire,
 * estimated from above. It may take in one thing too large for it, so a part stays well below the 4
 * MB that a gRPC client takes by default.
 */
final class PartRoom {
  private static final int THINGS = 200;
  private static final int BYTES = 2 << 20;

  /** Of a slot, and of a member beside what it says of itself. */
  private static final int FIXED = 256;

  private static final int FIXED_ENTRY = 12;
  private static final int BYTES_A_CHAR = 3;

  private int things = THINGS;
  private int bytes = BYTES;

  boolean isFull() {
    return things == 0 || bytes <= 0;
  }

  /** A slot, or a member that is gone. */
  void takeSmall() {
    things--;
    bytes -= FIXED;
  }

  void take(Member member) {
    takeSmall();
    int chars =
        member.address().length()
            + member.readinessDetail().length()
            + member.site().host().length()
            + member.site().zone().length();
    for (var entry : member.metadata().entrySet()) {
      chars += entry.getKey().length() + entry.getValue().length();
      bytes -= FIXED_ENTRY;
    }
    bytes -= BYTES_A_CHAR * chars;
  }
}
