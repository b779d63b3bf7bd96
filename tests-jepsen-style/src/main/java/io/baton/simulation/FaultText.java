package io.baton.simulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** Reads faults as people and {@link Fault#toString} write them, and nothing else. */
final class FaultText {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?s");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  /** A longer TTL than that would outlast the calm after the faults. */
  private static final long MAX_TTL_MILLIS = 10_000;

  private static final long MIN_TTL_MILLIS = 1_000;

  private FaultText() {}

  /** {@code 12.5s crash n1 for 3s}. */
  static Schedule.Timed parse(String text) {
    List<String> words = List.of(text.trim().split("\\s+", -1));
    if (words.size() < 2) {
      throw wrong("not a time and a fault, like 14s switchover", text);
    }
    return new Schedule.Timed(millis(words.get(0)), parse(words.subList(1, words.size()), text));
  }

  private static Fault parse(List<String> words, String text) {
    Fault.Kind kind = Fault.Kind.of(words.get(0));
    int targets = kind.victims() == Fault.Victims.NOBODY ? 0 : 1;
    String before = kind.unit().word().trim();
    int amounts = before.isEmpty() ? 0 : 2;
    boolean fits =
        words.size() == 1 + targets + amounts
            && (amounts == 0 || words.get(words.size() - 2).equals(before));
    if (!fits) {
      throw wrong("not " + shape(kind, targets), text);
    }
    String target = targets == 0 ? "" : words.get(1);
    return new Fault(kind, target, amount(kind, words.get(words.size() - 1)));
  }

  /** How this kind is written. */
  private static String shape(Fault.Kind kind, int targets) {
    String value =
        switch (kind.unit()) {
          case NONE -> "";
          case MILLIS, TTL -> kind.unit().word() + "3s";
          case TIMES -> kind.unit().word() + "4";
        };
    return "'" + kind.word() + (targets == 0 ? "" : " TARGET") + value + "'";
  }

  private static long amount(Fault.Kind kind, String word) {
    long amount =
        switch (kind.unit()) {
          case NONE -> 0;
          case MILLIS, TTL -> millis(word);
          case TIMES -> count(word);
        };
    if (kind.unit() != Fault.Unit.NONE && amount == 0) {
      throw wrong(kind.word() + " needs more than 0, not", word);
    }
    if (kind.unit() == Fault.Unit.TTL && (amount < MIN_TTL_MILLIS || amount > MAX_TTL_MILLIS)) {
      throw wrong("not a TTL of 1s to 10s", word);
    }
    return amount;
  }

  private static long millis(String seconds) {
    if (!SECONDS.matcher(seconds).matches()) {
      throw wrong("not a number of seconds, like 12.5s", seconds);
    }
    return new BigDecimal(seconds.substring(0, seconds.length() - 1))
        .movePointRight(3)
        .longValueExact();
  }

  private static long count(String word) {
    if (!COUNT.matcher(word).matches()) {
      throw wrong("not a number", word);
    }
    return Long.parseLong(word);
  }

  private static IllegalArgumentException wrong(String what, String text) {
    return new IllegalArgumentException(what + ": " + text);
  }
}
