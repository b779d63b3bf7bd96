package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.StatusText;
import io.baton.proto.v1.Coordinator;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything on one screen. */
@Command(name = "status", description = "Show the whole cluster and its problems on one screen.")
final class StatusVerb extends Verb {
  @Mixin ReadOptions read = new ReadOptions();

  StatusVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    GetStatusResponse status = ask(cluster, read.local);
    context.print(status, () -> StatusText.render(status, answering(cluster, status)));
    return ExitCode.OK;
  }

  static GetStatusResponse ask(ClusterClient cluster, boolean local) {
    GetStatusRequest request = GetStatusRequest.newBuilder().setLocal(local).build();
    return cluster.read(local, stub -> stub.getStatus(request));
  }

  static Set<String> answering(ClusterClient cluster, GetStatusResponse status) {
    List<String> addresses =
        status.getCoordinatorsList().stream().map(Coordinator::getApiAddress).toList();
    return Set.copyOf(cluster.answering(addresses));
  }
}
