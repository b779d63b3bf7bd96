package io.baton.simulation;

import io.baton.coordinator.state.Rule;
import java.util.EnumMap;
import java.util.Formatter;
import java.util.Objects;

/**
 * How often each fault struck, each interesting case occurred, and each rule of failover decided.
 */
public final class Coverage {
  private final EnumMap<Case, Long> cases = new EnumMap<>(Case.class);
  private final EnumMap<Rule, Long> rules = new EnumMap<>(Rule.class);
  private final EnumMap<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);

  void covered(Case what) {
    cases.merge(what, 1L, Long::sum);
  }

  /** A rule of failover decided something. */
  void met(Rule rule) {
    rules.merge(rule, 1L, Long::sum);
  }

  void struck(Fault.Kind kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  void add(Coverage other) {
    other.cases.forEach((what, count) -> cases.merge(what, count, Long::sum));
    other.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
  }

  long count(Case what) {
    return cases.getOrDefault(what, 0L);
  }

  long count(Rule rule) {
    return rules.getOrDefault(rule, 0L);
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
      if (!rules.isEmpty()) {
        text.format("rules of failover%n");
        for (Rule rule : Rule.values()) {
          text.format("%9d  %s%n", count(rule), rule);
        }
      }
      return text.toString();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coverage coverage
        && cases.equals(coverage.cases)
        && rules.equals(coverage.rules)
        && faults.equals(coverage.faults);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cases, rules, faults);
  }
}
