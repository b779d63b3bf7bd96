package io.baton.cli.exit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a run: what names the cause and the next step, mostly one line, and the exit code. */
public final class Failure extends RuntimeException {
  private final ExitCode code;
  private final transient @Nullable Refusal refusal;
  private final transient List<String> lines;

  /** A failure whose message is printed as one line. */
  public Failure(ExitCode code, String message) {
    this(code, List.of(message));
  }

  /** A coordinator's refusal, in words for who gave the field as an option. */
  public Failure(ExitCode code, String message, Refusal refusal) {
    super(message, null, false, false);
    this.code = code;
    this.refusal = refusal;
    this.lines = List.of(oneLine(message));
  }

  /**
   * A coordinator's own words.
   *
   * @param field of the request, by its name on the wire; empty where none is to blame
   */
  public record Refusal(String field, String message) {}

  /** Several mistakes, a line each. */
  public Failure(ExitCode code, List<String> mistakes) {
    super(String.join("; ", mistakes), null, false, false);
    this.code = code;
    this.refusal = null;
    this.lines = mistakes.stream().map(Failure::oneLine).toList();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /** The exit code. */
  public ExitCode code() {
    return code;
  }

  /** What a coordinator refused; empty where it was no refusal. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** What to print. */
  public List<String> lines() {
    return lines;
  }
}
