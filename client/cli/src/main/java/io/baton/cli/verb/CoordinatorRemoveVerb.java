package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.RemoveCoordinatorRequest;
import io.baton.proto.v1.RemoveCoordinatorResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a coordinator go; its id is never used again. */
@Command(
    name = "remove",
    description = "Remove a coordinator for good; its id is never used again.")
final class CoordinatorRemoveVerb extends Verb {
  /** Leadership may have to move first. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Parameters(paramLabel = "ID", description = "Its id.")
  String id = "";

  @Option(
      names = "--allow-shrink",
      description = "Needed where fewer than three coordinators would remain.")
  boolean allowShrink;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  CoordinatorRemoveVerb(Context context) {
    super(context);
  }

  @Override
  Duration requestTimeout() {
    return context.timeoutOr(TIMEOUT);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    RemoveCoordinatorRequest request =
        RemoveCoordinatorRequest.newBuilder()
            .setActor(context.actor(reason))
            .setId(id)
            .setAllowShrink(allowShrink)
            .build();
    RemoveCoordinatorResponse reply = cluster.once(stub -> stub.removeCoordinator(request));
    context.print(reply, () -> Tables.coordinators(reply.getCoordinatorsList()));
    return ExitCode.OK;
  }
}
