package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.DeleteGroupRequest;
import io.baton.proto.v1.DeleteGroupResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a group: its members are dismissed, its active steps down. */
@Command(name = "delete", description = "Delete a group; its active steps down.")
final class GroupDeleteVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "The group.")
  String name = "";

  @Option(
      names = "--if-revision",
      paramLabel = "R",
      description = "Refuse unless the group's spec still has this revision.")
  long ifRevision;

  @Option(
      names = {"-y", "--yes"},
      description = "Don't ask.")
  boolean yes;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  GroupDeleteVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    boolean ask = !yes && context.shell().interactive();
    if (ask && !context.shell().confirmed("Delete group " + name + "? Its active steps down.")) {
      throw new Failure(ExitCode.FAILED, "nothing was deleted");
    }
    DeleteGroupRequest request =
        DeleteGroupRequest.newBuilder()
            .setActor(context.actor(reason))
            .setName(name)
            .setIfRevision(ifRevision)
            .build();
    DeleteGroupResponse reply =
        cluster.command((stub, id) -> stub.deleteGroup(request.toBuilder().setId(id).build()));
    context.print(
        reply,
        () ->
            "Group "
                + name
                + " is being deleted (revision "
                + reply.getRevision()
                + "); its name is free once its lease has ended.");
    return ExitCode.OK;
  }
}
