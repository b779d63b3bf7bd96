package io.baton.cli;

import io.baton.cli.verb.Shell;
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

  private static CommandRun with(
      String in, boolean interactive, Map<String, String> variables, String... args) {
    Map<String, String> environment = new HashMap<>(Map.of("USER", "alice", "HOSTNAME", "desk"));
    environment.putAll(variables);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(in)),
            interactive,
            environment);
    int code = new Main(shell).run(args);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
