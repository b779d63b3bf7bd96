package io.baton.jepsen.workload;

/**
 * A request that a coordinator acknowledged.
 *
 * @param node the coordinator that was asked, and answered
 * @param sentNanos taken before the request was handed on; {@link System#nanoTime} of this process
 * @param answeredNanos taken when the answer was heard
 * @param floor the newest revision that anybody had been told when the request was sent
 * @param revision that the answer carries
 */
public record Answer(
    Kind kind, String node, long sentNanos, long answeredNanos, long floor, long revision) {
  /** What was asked. */
  public enum Kind {
    /** Linearizable. */
    READ,
    COMMAND,
    /** The opening of a session, or a keepalive on it. */
    KEEPALIVE
  }

  /** Whether it tells of a past that somebody had been told was over. */
  public boolean isStale() {
    return kind == Kind.READ && revision < floor;
  }
}
