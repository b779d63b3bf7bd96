package io.baton.cli;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.verb.Baton;
import io.baton.cli.verb.Shell;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry: arguments in, exit code out. */
public final class Main {
  /** Held here, or it would be collected and forget its level. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final Shell shell;

  /** A command line within the given surroundings. */
  public Main(Shell shell) {
    this.shell = shell;
  }

  /** Runs one command line and ends the process. */
  public static void main(String[] args) {
    System.exit(new Main(Shell.ofThisProcess()).run(args));
  }

  /** Runs one command line; blocks until it is done and returns the exit code. Never throws. */
  public int run(String... args) {
    quietGrpc();
    CommandLine command =
        Baton.commandLine(shell)
            .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
            .setExecutionExceptionHandler((failure, line, parsed) -> report(failure))
            .setParameterExceptionHandler((failure, arguments) -> usage(failure));
    int code = command.execute(args);
    shell.out().flush();
    shell.err().flush();
    return code;
  }

  /**
   * A failed call ends in one line of ours; gRPC's own come with stack traces. Whoever wants them
   * names a logging configuration: BATON_JAVA_OPTS=-Djava.util.logging.config.file=FILE.
   */
  private static void quietGrpc() {
    if (System.getProperty("java.util.logging.config.file") == null) {
      GRPC.setLevel(Level.OFF);
    }
  }

  private int report(Exception exception) {
    Failure failure =
        exception instanceof Failure known
            ? known
            : new Failure(ExitCode.FAILED, "unexpected: " + exception);
    failure.lines().forEach(line -> shell.err().println("baton: " + line));
    return failure.code().number();
  }

  private int usage(CommandLine.ParameterException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    shell
        .err()
        .println(
            "baton: "
                + message
                + "; see: "
                + failure.getCommandLine().getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.USAGE.number();
  }
}
