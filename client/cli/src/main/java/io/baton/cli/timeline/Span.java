package io.baton.cli.timeline;

/** A time within which a member's state was the same. */
record Span(long fromMillis, long toMillis, MemberState state) {
  /** How much of it lies within the given time. */
  long within(long from, long to) {
    return Math.max(0, Math.min(to, toMillis) - Math.max(from, fromMillis));
  }
}
