package io.baton.coordinator.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as operators write them: {@code 500ms}, {@code 3s}, {@code 5m}; {@code 64MB}.
 */
final class Text {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(KB|MB|GB)");

  private Text() {}

  static Duration duration(String text) {
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a duration (write 500ms, 3s, 5m)");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    }
    return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1_000 + "s";
  }

  static long bytes(String text) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size (write 64KB, 512MB, 2GB)");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "KB" -> number << 10;
      case "MB" -> number << 20;
      default -> number << 30;
    };
  }

  static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  static int positive(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number above 0");
    }
    return Integer.parseInt(text);
  }
}
