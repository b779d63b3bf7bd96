package io.baton.cli.verb;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Holds the verbs about one group. */
@Command(
    name = "group",
    description = "Create, describe, set or delete a group.",
    synopsisSubcommandLabel = "VERB")
final class GroupVerb implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a verb is missing: create, describe, set or delete");
  }
}
