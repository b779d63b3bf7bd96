package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.GroupText;
import io.baton.cli.text.Times;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.UpdateGroupRequest;
import io.baton.proto.v1.UpdateGroupResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a group's spec. */
@Command(name = "set", description = "Change a group. What is not given stays as it is.")
final class GroupSetVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "The group.")
  String name = "";

  @Mixin SpecOptions spec = new SpecOptions();

  @Option(
      names = "--if-revision",
      paramLabel = "R",
      description = "Refuse unless the group's spec still has this revision.")
  long ifRevision;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  GroupSetVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    if (spec.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "nothing to set: give --ttl, --promote-deadline or --demote-deadline");
    }
    UpdateGroupRequest request =
        UpdateGroupRequest.newBuilder()
            .setActor(context.actor(reason))
            .setName(name)
            .setSpec(spec.spec())
            .setIfRevision(ifRevision)
            .build();
    long oldTtlMillis = spec.ttl.isZero() ? 0 : ttlMillis(cluster);
    UpdateGroupResponse reply =
        cluster.command((stub, id) -> stub.updateGroup(request.toBuilder().setId(id).build()));
    context.print(reply, () -> GroupText.describe(reply.getGroup()));
    if (spec.ttl.toMillis() < oldTtlMillis) {
      context.notice(
          "nothing expires under the new TTL before the old one ("
              + Times.setting(oldTtlMillis)
              + ") has passed");
    }
    context.warnings(reply.getGroup());
    return ExitCode.OK;
  }

  private long ttlMillis(ClusterClient cluster) {
    GetGroupRequest request = GetGroupRequest.newBuilder().setName(name).build();
    return cluster.read(false, stub -> stub.getGroup(request)).getGroup().getSpec().getTtlMillis();
  }
}
