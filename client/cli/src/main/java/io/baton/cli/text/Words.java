package io.baton.cli.text;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Presence;
import io.baton.proto.v1.Readiness;
import io.baton.proto.v1.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract's names without what tells them apart on the wire. */
public final class Words {
  private Words() {}

  static String of(Cause cause) {
    return strip(cause.name(), "CAUSE_");
  }

  /** The cause of that name, however it is spelt; empty: there is none. */
  public static Optional<Cause> cause(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return known().filter(cause -> of(cause).equals(word)).findFirst();
  }

  /** All of them. */
  public static String causes() {
    return known().map(Words::of).collect(Collectors.joining(", "));
  }

  private static Stream<Cause> known() {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause != Cause.UNRECOGNIZED && cause != Cause.CAUSE_UNSPECIFIED);
  }

  static String of(Readiness readiness) {
    return strip(readiness.name(), "READINESS_");
  }

  static String of(Presence presence) {
    return strip(presence.name(), "PRESENCE_");
  }

  static String of(Role role) {
    return strip(role.name(), "ROLE_");
  }

  static String of(Mode mode) {
    return strip(mode.name(), "MODE_").toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A number that is no number when it is 0. */
  static String orEmpty(long number) {
    return number == 0 ? "" : Long.toString(number);
  }

  /** What others wrote must not move the cursor of a terminal. */
  static String printable(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cntrl}+", " ")
        : text;
  }

  private static String strip(String name, String prefix) {
    String word = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return word.equals("UNSPECIFIED") ? "" : word;
  }
}
