package io.baton.jepsen.torture;

import io.baton.jepsen.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every fault that was done. One thread. */
final class FaultLog {
  /** A fault, in nanoseconds since the run began. */
  record Fault(String name, String detail, long from, long until) {}

  private static final int OFTEN = 3;

  private final History history;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> hindered = new TreeMap<>();

  FaultLog(History history) {
    this.history = history;
  }

  /** It could not strike whom it had drawn. */
  void hindered(String name) {
    hindered.merge(name, 1, Integer::sum);
  }

  /** Kinds that were drawn several times and could never strike, in words. */
  List<String> inVain() {
    return hindered.entrySet().stream()
        .filter(kind -> kind.getValue() >= OFTEN && !counts.containsKey(kind.getKey()))
        .map(kind -> kind.getKey() + " was drawn " + kind.getValue() + " times and never struck")
        .toList();
  }

  void begun(String name, String detail, long nanos) {
    counts.merge(name, 1, Integer::sum);
    history.add("fault", nanos, Map.of("name", name, "detail", detail, "is", "begun"));
  }

  void ended(String name, String detail, long fromNanos, long untilNanos) {
    faults.add(new Fault(name, detail, history.since(fromNanos), history.since(untilNanos)));
    history.add("fault", untilNanos, Map.of("name", name, "detail", detail, "is", "ended"));
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** How many of all kinds. */
  long count() {
    return counts.values().stream().mapToLong(n -> n).sum();
  }

  /** How many of each kind. */
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
