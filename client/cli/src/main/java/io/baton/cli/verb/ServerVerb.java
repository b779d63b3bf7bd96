package io.baton.cli.verb;

import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import picocli.CommandLine.Command;

/** Stands in the list of verbs; the start script runs the server in a process of its own kind. */
@Command(
    name = "server",
    description = "Run a coordinator: --config FILE, or --dev for one that forgets everything.")
final class ServerVerb implements Runnable {
  @Override
  public void run() {
    throw new Failure(
        ExitCode.USAGE, "the server is started by the script: bin/baton server --config FILE");
  }
}
