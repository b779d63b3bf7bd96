package io.baton.cli.timeline;

/**
 * Equal steps of time, of a length that people count in.
 *
 * @param fromMillis where the first begins
 */
record Steps(long fromMillis, long stepMillis, int count) {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] ROUND = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
  };

  /** At most so many that end at the given time, and begin at or shortly before the other. */
  static Steps between(long from, long to, int atMost) {
    long length = Math.max(1, to - from);
    long step = step(length, atMost);
    int count = (int) ((length + step - 1) / step);
    return new Steps(to - count * step, step, count);
  }

  private static long step(long length, int atMost) {
    for (long step : ROUND) {
      if (length <= step * atMost) {
        return step;
      }
    }
    long days = (length + DAY * atMost - 1) / (DAY * atMost);
    return days * DAY;
  }

  /** Where a step begins; of the one after the last: where all of them end. */
  long begin(int index) {
    return fromMillis + index * stepMillis;
  }

  /** The step in which something happened; -1: before or after them. */
  int of(long atMillis) {
    boolean within = atMillis >= fromMillis && atMillis <= begin(count);
    return within ? (int) Math.min(count - 1, (atMillis - fromMillis) / stepMillis) : -1;
  }

  /** Whether a clock alone does not tell the time. */
  boolean needDate() {
    return begin(count) - fromMillis > DAY;
  }
}
