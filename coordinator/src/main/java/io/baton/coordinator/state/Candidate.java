package io.baton.coordinator.state;

/** A member in the decision about a grant, with the rule that chose or excluded it. */
public record Candidate(String member, Rule rule) {

  /** The rules in the order in which they are asked; the first that fits is named. */
  public enum Rule {
    /** Excluded: not ready. */
    NOT_READY(false),
    /** Excluded: still holds a lease of the group. */
    HOLDS_A_LEASE(false),
    /** Chosen: the operator named it. */
    TARGET(true),
    /** Chosen: the only candidate. */
    ONLY_CANDIDATE(true),
    /** Chosen: it has yielded a lease less recently than the others, or never. */
    LEAST_RECENT_YIELD(true),
    /** Chosen: the smallest id among equals. */
    SMALLEST_ID(true),
    /** Passed over: another came first. */
    NOT_FIRST(false);

    private final boolean chosen;

    Rule(boolean chosen) {
      this.chosen = chosen;
    }

    /** Whether the rule gives the lease. */
    public boolean chosen() {
      return chosen;
    }
  }
}
