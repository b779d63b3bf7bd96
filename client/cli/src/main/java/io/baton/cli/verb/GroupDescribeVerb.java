package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.GroupText;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.GetGroupResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One group in full, with the revision that a careful change names. */
@Command(name = "describe", description = "Show a group's spec, revision and active.")
final class GroupDescribeVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "The group.")
  String name = "";

  @Mixin ReadOptions read = new ReadOptions();

  GroupDescribeVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    GetGroupRequest request =
        GetGroupRequest.newBuilder().setLocal(read.local).setName(name).build();
    GetGroupResponse reply = cluster.read(read.local, stub -> stub.getGroup(request));
    context.print(reply, () -> GroupText.describe(reply.getGroup()));
    return ExitCode.OK;
  }
}
