package io.baton.agent.protocol;

/** Points and lengths of agent time, in nanoseconds. */
final class Times {
  /** Before every reading: a deadline that confirms nothing. */
  static final long NEVER_YET = Long.MIN_VALUE;

  /** After every reading: nothing to wake up for. */
  static final long NEVER = Long.MAX_VALUE;

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private Times() {}

  /** How often leases of this TTL are renewed where nobody says otherwise (design §3, defaults). */
  static long keepAlive(long ttlMillis) {
    return Math.min(ttlMillis * MILLI / 5, 2 * SECOND);
  }
}
