package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.ListLeasesRequest;
import io.baton.proto.v1.ListLeasesResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Who holds what, under which epoch. */
@Command(name = "leases", description = "List who is active, under which epoch.")
final class LeasesVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

  @Mixin ReadOptions read = new ReadOptions();

  LeasesVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    ListLeasesResponse.Builder all = ListLeasesResponse.newBuilder();
    Pages.all(
        page -> {
          ListLeasesRequest request =
              ListLeasesRequest.newBuilder()
                  .setLocal(read.local)
                  .setGroup(group)
                  .setPage(page)
                  .build();
          ListLeasesResponse reply = cluster.read(read.local, stub -> stub.listLeases(request));
          all.mergeFrom(reply);
          return reply.getNext();
        });
    ListLeasesResponse reply = all.clearNext().build();
    context.print(reply, () -> Tables.leases(reply.getLeasesList()));
    return ExitCode.OK;
  }
}
