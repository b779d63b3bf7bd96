package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.AddCoordinatorRequest;
import io.baton.proto.v1.AddCoordinatorResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a new coordinator in; it must run, with an empty disk and an id never used before. */
@Command(
    name = "add",
    description = "Add a coordinator. It must run already, with a new id and an empty directory.")
final class CoordinatorAddVerb extends Verb {
  /** It catches up before it votes. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Parameters(paramLabel = "ID", description = "Its id, never used before.")
  String id = "";

  @Option(
      names = "--raft",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the other coordinators reach it.")
  String raft = "";

  @Option(
      names = "--api",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where agents and this command reach it.")
  String api = "";

  @Option(names = "--http", paramLabel = "HOST:PORT", description = "Where probes reach it.")
  String http = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  CoordinatorAddVerb(Context context) {
    super(context);
  }

  @Override
  Duration requestTimeout() {
    return context.timeoutOr(TIMEOUT);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    AddCoordinatorRequest request =
        AddCoordinatorRequest.newBuilder()
            .setActor(context.actor(reason))
            .setId(id)
            .setRaftAddress(raft)
            .setApiAddress(api)
            .setHttpAddress(http)
            .build();
    AddCoordinatorResponse reply = cluster.once(stub -> stub.addCoordinator(request));
    context.print(reply, () -> Tables.coordinators(reply.getCoordinatorsList()));
    return ExitCode.OK;
  }
}
