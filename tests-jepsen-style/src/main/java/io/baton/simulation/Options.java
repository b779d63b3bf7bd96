package io.baton.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code scripts/simulate}. What would be ignored is refused.
 *
 * @param seed the one to play, or to begin with; null: a new one
 * @param schedule null: the one that the seed draws
 * @param nanos how long many seeds are played; null: until there are enough hours
 * @param hours how many simulated hours are played; null: until the time is over
 */
record Options(
    Scenario scenario,
    @Nullable Long seed,
    @Nullable Schedule schedule,
    boolean trace,
    @Nullable Long nanos,
    @Nullable Double hours,
    int threads) {
  private static final int MAX_THREADS = 1_000;
  private static final List<String> WITH_VALUE =
      List.of("--minutes", "--seconds", "--hours", "--seed", "--schedule", "--threads");

  /** Whether one seed is played, and not one after another. */
  boolean one() {
    return seed != null && nanos == null && hours == null;
  }

  static Options parse(String... args) {
    Map<String, String> given = new HashMap<>();
    Scenario scenario = null;
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (WITH_VALUE.contains(option)) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(option + " needs a value");
        }
        put(given, option, args[++i]);
      } else if (option.equals("--trace")) {
        put(given, option, "");
      } else if (scenario == null) {
        scenario = Scenario.of(option);
      } else {
        Scenario.of(option);
        throw new IllegalArgumentException("only one scenario: " + option + " is the second");
      }
    }
    return of(scenario == null ? Scenario.STANDARD : scenario, given);
  }

  private static void put(Map<String, String> given, String option, String value) {
    if (given.put(option, value) != null) {
      throw new IllegalArgumentException(option + " is given twice");
    }
  }

  private static Options of(Scenario scenario, Map<String, String> given) {
    refuseBoth(given, "--minutes", "--seconds");
    Long minutes = value(given, "--minutes", Options::positive);
    Long seconds = value(given, "--seconds", Options::positive);
    Long nanos =
        seconds != null
            ? Long.valueOf(TimeUnit.SECONDS.toNanos(seconds))
            : minutes != null ? Long.valueOf(TimeUnit.MINUTES.toNanos(minutes)) : null;
    Integer threads = value(given, "--threads", Options::threads);
    Options options =
        new Options(
            scenario,
            value(given, "--seed", Options::whole),
            value(given, "--schedule", text -> Schedule.parse(text).checked(scenario)),
            given.containsKey("--trace"),
            nanos,
            value(given, "--hours", Options::hours),
            threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    refuseIgnored(options, given);
    return options;
  }

  private static void refuseBoth(Map<String, String> given, String one, String other) {
    if (given.containsKey(one) && given.containsKey(other)) {
      throw new IllegalArgumentException(one + " or " + other + ", not both");
    }
  }

  private static void refuseIgnored(Options options, Map<String, String> given) {
    for (String single : List.of("--schedule", "--trace")) {
      if (given.containsKey(single) && !options.one()) {
        throw new IllegalArgumentException(
            single + " is for one seed: it needs --seed, and no --minutes, --seconds or --hours");
      }
    }
    if (given.containsKey("--threads") && options.one()) {
      throw new IllegalArgumentException("--threads is for many seeds, and one is played");
    }
  }

  private static <T> @Nullable T value(
      Map<String, String> given, String option, Function<String, T> read) {
    String text = given.get(option);
    if (text == null) {
      return null;
    }
    try {
      return read.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number: '" + text + "'", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private static Long whole(String text) {
    long number = Long.parseLong(text);
    if (number < 0) {
      throw new IllegalArgumentException("needs 0 or more, not " + text);
    }
    return number;
  }

  private static Long positive(String text) {
    long number = Long.parseLong(text);
    if (number <= 0) {
      throw new IllegalArgumentException("needs more than 0, not " + text);
    }
    return number;
  }

  private static Integer threads(String text) {
    int number = Integer.parseInt(text);
    if (number < 1 || number > MAX_THREADS) {
      throw new IllegalArgumentException("needs 1 to " + MAX_THREADS + ", not " + text);
    }
    return number;
  }

  private static Double hours(String text) {
    double number = Double.parseDouble(text);
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("needs more than 0, not " + text);
    }
    return number;
  }
}
