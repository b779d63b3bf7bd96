package io.baton.jepsen.report;

/**
 * What somebody was during a {@link Bar}. Where bars of one lane overlap, the later of these lies
 * on top. The first three are thin, without a label; the others are as high as the lane.
 */
public enum BarKind {
  /** A process that is up. */
  RUNNING,
  /** A member that would take a lease. */
  WAITING,
  /** Requests are answered. */
  AVAILABLE,
  /** A coordinator that leads. */
  LEADER,
  /** A member with a lease. */
  ACTIVE,
  /** Between two roles, such as while a callback runs. */
  CHANGING,
  /** Requests are not answered. */
  UNAVAILABLE,
  /** A process that is stopped, and does not know it. */
  FROZEN,
  /** A process that is gone. */
  DOWN
}
