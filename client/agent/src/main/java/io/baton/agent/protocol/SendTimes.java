package io.baton.agent.protocol;

import java.util.Arrays;

/**
 * When each recent keepalive was sent (design §3.11): the acknowledgement echoes the number, the
 * deadline counts from here.
 */
final class SendTimes {
  private static final int KEPT = 64;

  private final long[] numbers = new long[KEPT];
  private final long[] sentAt = new long[KEPT];

  void sent(long number, long nanos) {
    int index = (int) (number % KEPT);
    numbers[index] = number;
    sentAt[index] = nanos;
  }

  /**
   * When that keepalive was sent, or {@link Times#NEVER_YET} if it is too old or confirms nothing
   * any more.
   */
  long of(long number) {
    int index = (int) Math.floorMod(number, (long) KEPT);
    return number > 0 && numbers[index] == number ? sentAt[index] : Times.NEVER_YET;
  }

  /** Rule 12: keepalives sent before a suspension was noticed confirm nothing. */
  void forgetAll() {
    Arrays.fill(numbers, 0);
  }
}
