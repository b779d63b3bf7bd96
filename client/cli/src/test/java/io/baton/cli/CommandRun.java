package io.baton.cli;

import io.baton.cli.verb.Shell;
import io.baton.cli.verb.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One run of the command, and what came of it. */
record CommandRun(int code, String out, String err) {
  static CommandRun of(String... args) {
    return answering("", args);
  }

  /** With somebody at the terminal, who types this where the text is not empty. */
  static CommandRun answering(String typed, String... args) {
    return with(typed, !typed.isEmpty(), Map.of(), args);
  }

  /** With these variables in its environment, and nobody at the terminal. */
  static CommandRun within(Map<String, String> environment, String... args) {
    return with("", false, environment, args);
  }

  /** With this text piped in. */
  static CommandRun reading(String piped, String... args) {
    return with(piped, false, Map.of(), args);
  }

  /** With its output shown there. */
  static CommandRun on(Terminal terminal, String... args) {
    return with("", false, Map.of(), terminal, new ByteArrayOutputStream(), args);
  }

  /** The same; what is printed can be read while it runs. */
  static CommandRun on(Terminal terminal, ByteArrayOutputStream out, String... args) {
    return with("", false, Map.of(), terminal, out, args);
  }

  private static CommandRun with(
      String in, boolean interactive, Map<String, String> variables, String... args) {
    return with(in, interactive, variables, Terminal.NONE, new ByteArrayOutputStream(), args);
  }

  private static CommandRun with(
      String in,
      boolean interactive,
      Map<String, String> variables,
      Terminal terminal,
      ByteArrayOutputStream out,
      String... args) {
    Map<String, String> environment = new HashMap<>(Map.of("USER", "alice", "HOSTNAME", "desk"));
    environment.putAll(variables);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(in)),
            interactive,
            environment,
            terminal);
    int code = new Main(shell).run(args);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
