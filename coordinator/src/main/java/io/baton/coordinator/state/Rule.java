package io.baton.coordinator.state;

/**
 * The rules by which leases are given and taken, in the order in which they are asked within their
 * kind: the first that fits decides, and is what an explanation names. docs/failover.md is this
 * table.
 */
public enum Rule {
  // ------------------------------------------------------------------ who is no candidate
  SYNCING(Kind.EXCLUDES, "catches up its own data"),
  NOT_ITS_TURN(
      Kind.EXCLUDES,
      "it keeps its lease for now: its host is drained, one group after another, and another is on"
          + " its way"),
  DRAINED(Kind.EXCLUDES, "drained, by itself or with its host"),
  NEVER(Kind.EXCLUDES, "its priority is below 0"),
  HOLDS_A_LEASE(Kind.EXCLUDES, "holds a lease of the group already, and may hold one"),
  NOT_IN_LIST(
      Kind.EXCLUDES, "not on the list of peers by whose word the last holder may still be at work"),
  UNHEALTHY(Kind.EXCLUDES, "its health checks fail, or it asked to be left out for a while"),
  LAGS(Kind.EXCLUDES, "its position is further behind than max_lag"),

  // ------------------------------------------------------------------ when nobody gets it
  LOCK_DELAY(
      Kind.HOLDS_BACK, "the last holder did not say that it stopped: lock_delay has to pass"),
  FLAPPING(Kind.HOLDS_BACK, "the flap budget is used up: an operator has to acknowledge"),
  PAUSED(
      Kind.HOLDS_BACK,
      "group or cluster is paused: only who held it last, or an operator's choice"),
  MANUAL(
      Kind.HOLDS_BACK,
      "the holder is gone and failover is manual: only who held it last, or an operator's choice"),
  OBSERVE(Kind.HOLDS_BACK, "the same, and what would have been done is recorded"),

  // ------------------------------------------------------------------ who gets it
  TARGET(Kind.CHOOSES, "an operator or the balance named it, or it was the best when it was taken"),
  FORMER_HOLDER(
      Kind.CHOOSES, "nobody else may get it without an operator, and it held the lease last"),
  LEAST_BAD(
      Kind.CHOOSES,
      "nobody who may be active is READY or SYNCING, and it was not tried since it started"),
  SHARE(Kind.CHOOSES, "of a sharded group: its share by weight has room"),
  ONLY_CANDIDATE(Kind.CHOOSES, "there is no other"),
  MOST_CAUGHT_UP(Kind.CHOOSES, "its position is furthest"),
  PRIORITY(Kind.CHOOSES, "its priority is highest"),
  ZONE(Kind.CHOOSES, "its zone is preferred"),
  WEIGHT(Kind.CHOOSES, "its weight is largest"),
  LEAST_RECENT_YIELD(Kind.CHOOSES, "it has given up a lease less recently, or never"),
  SMALLEST_ID(Kind.CHOOSES, "the smallest id among equals"),
  NOT_FIRST(Kind.EXCLUDES, "another came first"),

  // ------------------------------------------------------------------ in old decisions only
  NOT_READY(Kind.EXCLUDES, "was not READY; a version from before there were reasons says so");

  /** What a rule decides. */
  public enum Kind {
    /** Who is no candidate. */
    EXCLUDES,
    /** When nobody gets a free slot. */
    HOLDS_BACK,
    /** Who gets it. */
    CHOOSES
  }

  private final Kind kind;
  private final String text;

  Rule(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /** What it decides. */
  public Kind kind() {
    return kind;
  }

  /** Why it fits, for people. */
  public String text() {
    return text;
  }

  /** Whether it stands in history only: nothing is decided by it any more. */
  public boolean retired() {
    return this == NOT_READY;
  }

  /** Whether it gives the lease. */
  public boolean chosen() {
    return kind == Kind.CHOOSES;
  }
}
