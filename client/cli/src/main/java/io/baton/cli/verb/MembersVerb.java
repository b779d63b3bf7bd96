package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Who is in the groups, present and gone. */
@Command(name = "members", description = "List the members of a group, or of all groups.")
final class MembersVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

  @Mixin ReadOptions read = new ReadOptions();

  MembersVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    ListMembersResponse.Builder all = ListMembersResponse.newBuilder();
    Pages.all(
        page -> {
          ListMembersRequest request =
              ListMembersRequest.newBuilder()
                  .setLocal(read.local)
                  .setGroup(group)
                  .setPage(page)
                  .build();
          ListMembersResponse reply = cluster.read(read.local, stub -> stub.listMembers(request));
          all.mergeFrom(reply);
          return reply.getNext();
        });
    ListMembersResponse reply = all.clearNext().build();
    context.print(reply, () -> Tables.members(reply.getMembersList()));
    return ExitCode.OK;
  }
}
