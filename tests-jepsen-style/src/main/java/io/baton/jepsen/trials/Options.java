package io.baton.jepsen.trials;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to try.
 *
 * @param trials how many of each variant
 * @param ttl instead of the experiment's own
 */
record Options(int trials, Optional<Duration> ttl) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s)");

  /**
   * Reads {@code [-n N] [--ttl DURATION]} from the second argument on.
   *
   * @throws IllegalArgumentException says what is wrong
   */
  static Options parse(String[] args) {
    int trials = 20;
    Optional<Duration> ttl = Optional.empty();
    for (int i = 1; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      switch (args[i]) {
        case "-n" -> trials = count(args[i + 1]);
        case "--ttl" -> ttl = Optional.of(duration(args[i + 1]));
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    return new Options(trials, ttl);
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException("-n: '" + text + "' is not a number from 1 to 99999");
    }
    return Integer.parseInt(text);
  }

  private static Duration duration(String text) {
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("--ttl: '" + text + "' is not like 3s or 3500ms");
    }
    long number = Long.parseLong(form.group(1));
    return form.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }
}
