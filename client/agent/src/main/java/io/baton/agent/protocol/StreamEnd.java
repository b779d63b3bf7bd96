package io.baton.agent.protocol;

/** Why a stream ended. */
public sealed interface StreamEnd {
  /** Not tried: another coordinator leads, or none is known to (an empty address). */
  record NotLeader(LeaderHint hint) implements StreamEnd {
    /** Whether it leads, but does not serve yet. */
    boolean namesItself(String address) {
      return hint.address().equals(address);
    }
  }

  /**
   * The coordinator will refuse every further attempt like this one: another cluster, no common
   * protocol.
   */
  record Refused(String message) implements StreamEnd {}

  /** The coordinator had too much to take, or was sent too much at once. */
  record Overloaded(String message) implements StreamEnd {}

  /** The connection failed, or the stream ended for a reason that a new one may cure. */
  record Broken(String message) implements StreamEnd {}
}
