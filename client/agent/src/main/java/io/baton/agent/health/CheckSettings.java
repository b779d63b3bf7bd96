package io.baton.agent.health;

import java.time.Duration;

/**
 * How a check is run and judged.
 *
 * @param interval from the end of one look to the next
 * @param timeout how long a look may take
 * @param rise how many looks in a row have to succeed before it is well
 * @param fall how many in a row have to fail before it is ill
 */
public record CheckSettings(Duration interval, Duration timeout, int rise, int fall) {
  /** Every 2 s, for at most 1 s, well after one success and ill after three failures. */
  public static final CheckSettings DEFAULT =
      new CheckSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 3);

  /** Throws IllegalArgumentException where a value makes no sense. */
  public CheckSettings {
    if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("interval and timeout have to be longer than nothing");
    }
    if (rise < 1 || fall < 1) {
      throw new IllegalArgumentException("rise and fall have to be at least 1");
    }
  }

  /** With another interval. */
  public CheckSettings every(Duration next) {
    return new CheckSettings(next, timeout, rise, fall);
  }

  /** With another timeout. */
  public CheckSettings within(Duration next) {
    return new CheckSettings(interval, next, rise, fall);
  }

  /** With other counts. */
  public CheckSettings counts(int nextRise, int nextFall) {
    return new CheckSettings(interval, timeout, nextRise, nextFall);
  }
}
