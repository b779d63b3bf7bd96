package io.baton.coordinator.state;

/** What became of a command. */
public sealed interface Outcome {

  /** It was taken; {@code revision} is that of the state after it. */
  record Applied(long revision, Result result) implements Outcome {}

  /**
   * It was refused and changed nothing. {@code field} is the command's field that is wrong, or
   * empty.
   */
  record Rejected(Code code, String field, String message) implements Outcome {}

  /** Why a command was refused; one-to-one with a gRPC status. */
  enum Code {
    INVALID,
    NOT_FOUND,
    ALREADY_EXISTS,
    PRECONDITION,
    CONFLICT,
    STALE_REQUEST
  }

  /** What an applied command gives back. */
  sealed interface Result {}

  /** Nothing but the revision. */
  record Done() implements Result {
    /** The one instance. */
    public static final Done DONE = new Done();
  }

  /** The session that was opened. */
  record Opened(long session) implements Result {}

  /** The revision of the join, which names the membership. */
  record Joined(long joinRevision) implements Result {}

  /** The group's spec revision after the command. */
  record GroupStored(long specRevision) implements Result {}

  /** The handover that began; {@code to} is empty where the best candidate will be chosen. */
  record HandoverBegun(long revokedRevision, String from, String to, long epoch)
      implements Result {}
}
