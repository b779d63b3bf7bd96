package io.baton.jepsen.report;

/** What a judge said. */
public enum Verdict {
  /** It looked, and all was well. */
  PASSED,
  /** A promise was broken. */
  FAILED,
  /** It did not look, or could not tell. */
  SKIPPED
}
