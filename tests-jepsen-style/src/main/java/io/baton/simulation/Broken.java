package io.baton.simulation;

/** An invariant does not hold. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String invariant;
  private final long atNanos;

  Broken(String invariant, long atNanos, String what) {
    super(what);
    this.invariant = invariant;
    this.atNanos = atNanos;
  }

  String invariant() {
    return invariant;
  }

  long atNanos() {
    return atNanos;
  }
}
