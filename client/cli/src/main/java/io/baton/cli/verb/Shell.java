package io.baton.cli.verb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds the command.
 *
 * @param out data
 * @param err everything else
 * @param in answers to questions
 * @param interactive whether somebody is there to be asked
 * @param environment variables by name
 * @param terminal what {@code out} is shown on
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    BufferedReader in,
    boolean interactive,
    Map<String, String> environment,
    Terminal terminal) {

  /** Surroundings without a terminal. */
  public Shell(
      PrintStream out,
      PrintStream err,
      BufferedReader in,
      boolean interactive,
      Map<String, String> environment) {
    this(out, err, in, interactive, environment, Terminal.NONE);
  }

  /**
   * This process's own. The start script asks for java.base's console, which is null without a
   * terminal in every version of Java.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static Shell ofThisProcess() {
    boolean interactive = System.console() != null;
    return new Shell(
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        interactive,
        System.getenv(),
        Terminal.ofThisProcess(interactive, System.getenv()));
  }

  /** Asks a question that is answered with yes or no; blocks. */
  boolean confirmed(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    try {
      String answer = in.readLine();
      return answer != null && answer.strip().matches("(?i)y|yes");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Who is at work, as the history shows it: {@code user@host}. */
  String user() {
    String user = environment.getOrDefault("USER", System.getProperty("user.name", "unknown"));
    return user + "@" + host();
  }

  /** Without a look into DNS, which may take seconds. */
  private String host() {
    String variable = environment.get("HOSTNAME");
    if (variable != null && !variable.isEmpty()) {
      return variable;
    }
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException elsewhere) {
      return environment.getOrDefault("COMPUTERNAME", "unknown");
    }
  }
}
