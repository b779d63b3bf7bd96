package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.GroupText;
import io.baton.proto.v1.CreateGroupRequest;
import io.baton.proto.v1.CreateGroupResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group; until then nobody can join it. */
@Command(name = "create", description = "Create a group. What is not given takes its default.")
final class GroupCreateVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "Its name: a-z, 0-9, '.', '_' and '-'.")
  String name = "";

  @Mixin SpecOptions spec = new SpecOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  GroupCreateVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    CreateGroupRequest request =
        CreateGroupRequest.newBuilder()
            .setActor(context.actor(reason))
            .setName(name)
            .setSpec(spec.spec())
            .build();
    CreateGroupResponse reply =
        cluster.command((stub, id) -> stub.createGroup(request.toBuilder().setId(id).build()));
    context.print(reply, () -> GroupText.describe(reply.getGroup()));
    context.warnings(reply.getGroup());
    return ExitCode.OK;
  }
}
