package io.baton.cli.verb;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Holds the verbs about the coordinators themselves. */
@Command(
    name = "coordinator",
    description = "List, add or remove coordinators.",
    synopsisSubcommandLabel = "VERB")
final class CoordinatorVerb implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a verb is missing: list, add or remove");
  }
}
