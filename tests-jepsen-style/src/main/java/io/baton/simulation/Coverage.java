package io.baton.simulation;

import java.util.EnumMap;
import java.util.Formatter;

/** How often each fault struck and each interesting case occurred. */
public final class Coverage {
  private final EnumMap<Case, Long> cases = new EnumMap<>(Case.class);
  private final EnumMap<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);

  void covered(Case what) {
    cases.merge(what, 1L, Long::sum);
  }

  void struck(Fault.Kind kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  void add(Coverage other) {
    other.cases.forEach((what, count) -> cases.merge(what, count, Long::sum));
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
  }

  long count(Case what) {
    return cases.getOrDefault(what, 0L);
  }

  private long count(Fault.Kind kind) {
    return faults.getOrDefault(kind, 0L);
  }

  /** How many faults struck. */
  long faults() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Every fault, then every case under its invariant; what never occurred is there as 0. */
  @Override
  public String toString() {
    try (Formatter text = new Formatter()) {
      text.format("faults%n");
      for (Fault.Kind kind : Fault.Kind.values()) {
        text.format("%9d  %s%n", count(kind), kind.word());
      }
      String invariant = "";
      for (Case each : Case.values()) {
        if (!each.invariant().equals(invariant)) {
          invariant = each.invariant();
          text.format("%s%n", invariant);
        }
        text.format("%9d  %s%n", count(each), each);
      }
      return text.toString();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coverage coverage
        && cases.equals(coverage.cases)
        && faults.equals(coverage.faults);
  }

  @Override
  public int hashCode() {
    return 31 * cases.hashCode() + faults.hashCode();
  }
}
