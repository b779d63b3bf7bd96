package io.baton.coordinator.state;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One command line of a scenario: a verb, words by position, and {@code name=value} options that
 * overrule what would be taken from the state.
 */
final class ScenarioWords {
  private final String line;
  private final List<String> words;
  private final Map<String, String> options = new LinkedHashMap<>();

  ScenarioWords(String line) {
    this.line = line;
    List<String> all = Arrays.asList(line.split(" +"));
    words = all.stream().filter(w -> !w.contains("=")).toList();
    all.stream()
        .filter(w -> w.contains("="))
        .map(w -> w.split("=", 2))
        .forEach(o -> options.put(o[0], o[1]));
  }

  String verb() {
    return words.get(0);
  }

  String word(int position) {
    if (position >= words.size()) {
      throw new IllegalArgumentException("too few words: " + line);
    }
    return words.get(position);
  }

  /** The same, or something else where there are not so many. */
  String wordOr(int position, String otherwise) {
    return position < words.size() ? words.get(position) : otherwise;
  }

  /** The options whose name begins so, by the rest of it. */
  Map<String, String> optionsOf(String prefix) {
    Map<String, String> found = new TreeMap<>();
    options.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  long option(String name, long otherwise) {
    return Long.parseLong(option(name, Long.toString(otherwise)));
  }

  @Override
  public String toString() {
    return line;
  }
}
