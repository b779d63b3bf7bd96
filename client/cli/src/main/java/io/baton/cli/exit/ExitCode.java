package io.baton.cli.exit;

/** What the process tells its caller. Part of the interface: numbers never change their meaning. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** The operation failed on the server. */
  FAILED(1),
  /** The command line or the request is wrong. */
  USAGE(2),
  /** No coordinator answered. */
  UNREACHABLE(3),
  /** Coordinators answer, but none of them leads. */
  NO_LEADER(4),
  /** The state is not what the command needs. */
  PRECONDITION(5),
  /** No such group, member or coordinator. */
  NOT_FOUND(6),
  /** Waiting ran out of time; the operation may have been carried out, or may yet. */
  OUTCOME_OPEN(7),
  /** Not allowed, or not known who asks. */
  PERMISSION(8),
  /** Ended by SIGINT. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the shell sees. */
  public int number() {
    return number;
  }
}
