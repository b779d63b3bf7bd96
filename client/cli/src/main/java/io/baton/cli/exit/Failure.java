package io.baton.cli.exit;

/** Ends a run: one line that names the cause and the next step, and the exit code. */
public final class Failure extends RuntimeException {
  private final ExitCode code;

  /** A failure whose message is printed as it is. */
  public Failure(ExitCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The exit code. */
  public ExitCode code() {
    return code;
  }

  /** What to print, on one line. */
  public String line() {
    return String.valueOf(getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
