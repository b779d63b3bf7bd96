package io.baton.jepsen.torture;

import io.baton.jepsen.history.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every checker has found. One thread. */
final class Findings {
  /** Something that must not be; nanoseconds since the run began. */
  record Violation(String checker, String text, long at) {}

  private static final int MOST_OF_A_KIND = 50;

  private final History history;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Integer> told = new LinkedHashMap<>();

  Findings(History history) {
    this.history = history;
  }

  void add(String checker, Collection<String> wrong) {
    wrong.forEach(text -> add(checker, text, System.nanoTime()));
  }

  /** Adds what a list has grown by since it was last given here. */
  void addNew(String checker, String list, List<String> all) {
    int before = told.getOrDefault(list, 0);
    add(checker, all.subList(before, all.size()));
    told.put(list, all.size());
  }

  void add(String checker, String text, long nanos) {
    int count = counts.merge(checker, 1, Integer::sum);
    if (count <= MOST_OF_A_KIND) {
      violations.add(new Violation(checker, text, history.since(nanos)));
      history.add("violation", nanos, Map.of("checker", checker, "text", text));
    }
  }

  /** How many a checker has found. */
  int count(String checker) {
    return counts.getOrDefault(checker, 0);
  }

  boolean none() {
    return counts.isEmpty();
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
