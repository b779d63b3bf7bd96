package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.PauseResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a pause. */
@Command(name = "resume", description = "End a pause: what waits for it is decided at once.")
final class ResumeVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(names = "--cluster", description = "The pause of the whole cluster.")
  boolean cluster;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  ResumeVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient client) {
    PauseVerb.requireOne(group, cluster);
    PauseRequest request =
        PauseRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setResume(true)
            .build();
    PauseResponse reply =
        client.command((stub, id) -> stub.pause(request.toBuilder().setId(id).build()));
    context.print(reply, () -> PauseVerb.what(group) + " is paused no more.");
    return ExitCode.OK;
  }
}
