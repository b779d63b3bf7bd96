package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.proto.v1.AcknowledgeRequest;
import io.baton.proto.v1.AcknowledgeResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a group go on that used up its flap budget. */
@Command(
    name = "ack",
    description = {
      "Let a group go on that failed over too often: its failovers so far count no more.",
      "See first why it did: baton history GROUP"
    })
final class AckVerb extends Verb {
  @Parameters(paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  AckVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    AcknowledgeRequest request =
        AcknowledgeRequest.newBuilder().setActor(context.actor(reason)).setGroup(group).build();
    AcknowledgeResponse reply =
        cluster.command((stub, id) -> stub.acknowledge(request.toBuilder().setId(id).build()));
    context.print(reply, () -> "The failovers of " + group + " were acknowledged.");
    return ExitCode.OK;
  }
}
