package io.baton.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people read and write them. All of them UTC. */
public final class Times {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|m|h)");
  private static final DateTimeFormatter INSTANT = utc("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter CLOCK = utc("HH:mm:ss.SSS");
  private static final DateTimeFormatter SECOND = utc("HH:mm:ss");
  private static final DateTimeFormatter DAY = utc("MM-dd HH:mm");

  private Times() {}

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** {@code 2026-11-21T08:06:57.980Z}. */
  public static String instant(long epochMillis) {
    return INSTANT.format(Instant.ofEpochMilli(epochMillis));
  }

  /** {@code 08:10:01.310}. */
  public static String clock(long epochMillis) {
    return CLOCK.format(Instant.ofEpochMilli(epochMillis));
  }

  /** {@code 08:10:01}. */
  public static String second(long epochMillis) {
    return SECOND.format(Instant.ofEpochMilli(epochMillis));
  }

  /** {@code 11-21 08:10}. */
  public static String day(long epochMillis) {
    return DAY.format(Instant.ofEpochMilli(epochMillis));
  }

  /**
   * What was measured: {@code 306 ms}, {@code 2.23 s}, {@code 4m 5s}, {@code 3h 11m}, {@code 12d
   * 4h}.
   */
  public static String span(long millis) {
    if (millis < 1_000) {
      return Math.max(0, millis) + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1_000.0);
    }
    long seconds = millis / 1_000;
    if (seconds < 3_600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    return seconds < 86_400
        ? seconds / 3_600 + "h " + seconds / 60 % 60 + "m"
        : seconds / 86_400 + "d " + seconds / 3_600 % 24 + "h";
  }

  /** What was configured, as {@link #parse} reads it: {@code 500ms}, {@code 3.5s}, {@code 1h}. */
  public static String setting(long millis) {
    if (millis >= 3_600_000 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis >= 60_000 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    if (millis < 1_000) {
      return millis + "ms";
    }
    String seconds = String.format(Locale.ROOT, "%.3f", millis / 1_000.0);
    return seconds.replaceAll("\\.?0+$", "") + "s";
  }

  /**
   * Reads {@code 500ms}, {@code 3s}, {@code 1.5s}, {@code 5m}, {@code 1h}.
   *
   * @throws IllegalArgumentException with a line for people
   */
  public static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: write 500ms, 3s, 1.5s, 5m or 1h");
    }
    double number = Double.parseDouble(matcher.group(1));
    long unitMillis =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    return Duration.ofMillis(Math.round(number * unitMillis));
  }
}
