package io.baton.example;

import java.time.Instant;

/**
 * A line on standard output for each thing that happened, as {@code key=value} pairs.
 *
 * <p>{@code at} is wall time in milliseconds since 1970, for people. {@code nanos} is {@link
 * System#nanoTime}, which processes of one Linux machine can compare.
 */
final class EventLine {
  private EventLine() {}

  /**
   * Prints {@code event=… fields at=… nanos=…}; {@code fields} are pairs such as {@code epoch=17}.
   */
  static void print(String event, String fields) {
    long nanos = System.nanoTime();
    long at = Instant.now().toEpochMilli();
    System.out.println("event=" + event + " " + fields + " at=" + at + " nanos=" + nanos);
  }
}
