package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.ListGroupsRequest;
import io.baton.proto.v1.ListGroupsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The groups. */
@Command(name = "groups", description = "List the groups.")
final class GroupsVerb extends Verb {
  @Mixin ReadOptions read = new ReadOptions();

  GroupsVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    ListGroupsResponse.Builder all = ListGroupsResponse.newBuilder();
    Pages.all(
        page -> {
          ListGroupsRequest request =
              ListGroupsRequest.newBuilder().setLocal(read.local).setPage(page).build();
          ListGroupsResponse reply = cluster.read(read.local, stub -> stub.listGroups(request));
          all.mergeFrom(reply);
          return reply.getNext();
        });
    ListGroupsResponse reply = all.clearNext().build();
    context.print(reply, () -> Tables.groups(reply.getGroupsList()));
    return ExitCode.OK;
  }
}
