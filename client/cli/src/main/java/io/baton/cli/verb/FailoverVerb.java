package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.proto.v1.FailoverRequest;
import io.baton.proto.v1.FailoverResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a group that waits for an operator waits for. */
@Command(
    name = "failover",
    description = {
      "Grant a slot that waits for an operator, or whose active is unhealthy.",
      "A healthy active is moved by switchover."
    })
final class FailoverVerb extends Verb {
  @Parameters(paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(
      names = "--to",
      paramLabel = "MEMBER",
      description = "Who is to be active, unhealthy or behind though it be; otherwise the best.")
  String to = "";

  @Option(names = "--slot", paramLabel = "N", description = "Of a group with several. Default: 0.")
  int slot;

  @Option(
      names = "--holder-is-dead",
      description = {
        "In a group with hold-if-peers-agree: you know that the last holder's process has ended.",
        "It may otherwise be active still, and a member that it does not ask gets no lease."
      })
  boolean holderIsDead;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  FailoverVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    FailoverRequest request =
        FailoverRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setSlot(slot)
            .setTo(to)
            .setHolderIsDead(holderIsDead)
            .build();
    FailoverResponse reply =
        cluster.command((stub, id) -> stub.failover(request.toBuilder().setId(id).build()));
    context.print(
        reply,
        () ->
            "The failover of "
                + group
                + " goes on. Follow it: baton watch "
                + group
                + " --from-revision "
                + reply.getRevision());
    return ExitCode.OK;
  }
}
