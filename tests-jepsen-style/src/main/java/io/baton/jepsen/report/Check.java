package io.baton.jepsen.report;

/**
 * One promise, and whether it held.
 *
 * @param what was looked at, in words
 * @param count how often, in units that {@code what} names; a check that looked at nothing proves
 *     nothing
 * @param details for people; may be empty
 */
public record Check(String name, String what, long count, Verdict verdict, String details) {
  /**
   * What a checker says that was asked to look; it has failed, too, where it looked too seldom:
   * then its silence proves nothing.
   *
   * @param least how often it must have looked; at least once
   * @param violations how many it found
   */
  public static Check judged(String name, String what, long count, long least, int violations) {
    boolean enough = count >= Math.max(1, least);
    String details =
        violations > 0 ? violations + " violations" : enough ? "" : "too few to prove anything";
    Verdict verdict = violations == 0 && enough ? Verdict.PASSED : Verdict.FAILED;
    return new Check(name, what, count, verdict, details);
  }

  /** One that was not asked to look. */
  public static Check skipped(String name, String what) {
    return new Check(name, what, 0, Verdict.SKIPPED, "");
  }
}
