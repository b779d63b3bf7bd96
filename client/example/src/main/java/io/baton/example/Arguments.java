package io.baton.example;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line of {@code --name value} pairs. */
final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the pairs.
   *
   * @throws IllegalArgumentException a name that is not one of {@code known}, or a name without a
   *     value
   */
  static Arguments parse(String[] line, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < line.length; i += 2) {
      if (!known.contains(line[i])) {
        throw new IllegalArgumentException(
            "unknown option " + line[i] + "; there are " + String.join(", ", known));
      }
      if (i + 1 == line.length) {
        throw new IllegalArgumentException(line[i] + " needs a value");
      }
      values.put(line[i], line[i + 1]);
    }
    return new Arguments(values);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  String orElse(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  @Nullable String orNull(String name) {
    return values.get(name);
  }

  /**
   * The number given as {@code name}, or {@code fallback}.
   *
   * @throws IllegalArgumentException it is not a number of at least zero
   */
  int number(String name, int fallback) {
    String value = values.get(name);
    try {
      int number = value == null ? fallback : Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through: the message is the same as for a negative one.
    }
    throw new IllegalArgumentException(name + " is a number of at least 0, not '" + value + "'");
  }
}
