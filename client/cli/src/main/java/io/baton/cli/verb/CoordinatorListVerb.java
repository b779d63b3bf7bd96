package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.ListCoordinatorsRequest;
import io.baton.proto.v1.ListCoordinatorsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The coordinators, as the leader sees them. */
@Command(name = "list", description = "List the coordinators.")
final class CoordinatorListVerb extends Verb {
  @Mixin ReadOptions read = new ReadOptions();

  CoordinatorListVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    ListCoordinatorsRequest request =
        ListCoordinatorsRequest.newBuilder().setLocal(read.local).build();
    ListCoordinatorsResponse reply =
        cluster.read(read.local, stub -> stub.listCoordinators(request));
    context.print(reply, () -> Tables.coordinators(reply.getCoordinatorsList()));
    return ExitCode.OK;
  }
}
