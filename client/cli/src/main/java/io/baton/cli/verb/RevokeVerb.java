package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.proto.v1.RevokeRequest;
import io.baton.proto.v1.RevokeResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a lease away, whoever is there to have it. */
@Command(
    name = "revoke",
    description = {
      "Take a lease away from its holder; the best of the others gets it, if there is one.",
      "To hand it on only where somebody can have it, use switchover."
    })
final class RevokeVerb extends Verb {
  @Parameters(paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(
      names = "--from",
      paramLabel = "MEMBER",
      description = "Refuse unless this member is the active.")
  String from = "";

  @Option(names = "--slot", paramLabel = "N", description = "Of a group with several. Default: 0.")
  int slot;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Kept in the history.")
  String reason = "";

  RevokeVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    RevokeRequest request =
        RevokeRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setSlot(slot)
            .setFrom(from)
            .build();
    RevokeResponse reply =
        cluster.command((stub, id) -> stub.revoke(request.toBuilder().setId(id).build()));
    context.print(
        reply,
        () ->
            reply.getFrom()
                + " was told to step down. Follow it: baton watch "
                + group
                + " --from-revision "
                + reply.getRevision());
    return ExitCode.OK;
  }
}
