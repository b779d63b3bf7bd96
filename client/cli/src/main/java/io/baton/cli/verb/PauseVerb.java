package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.Times;
import io.baton.proto.v1.PauseRequest;
import io.baton.proto.v1.PauseResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops the coordinator from moving leases by itself. */
@Command(
    name = "pause",
    description = {
      "Move no lease by itself any more: who fails is not replaced, but by whoever held the lease",
      "last. What operators order is done."
    })
final class PauseVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(names = "--cluster", description = "Every group.")
  boolean cluster;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Resume by itself after that. Default: never.")
  Duration length = Duration.ZERO;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  PauseVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient client) {
    requireOne(group, cluster);
    PauseRequest request =
        PauseRequest.newBuilder()
            .setActor(context.actor(reason))
            .setGroup(group)
            .setMillis(length.toMillis())
            .build();
    PauseResponse reply =
        client.command((stub, id) -> stub.pause(request.toBuilder().setId(id).build()));
    String end =
        length.isZero()
            ? " until: baton resume " + (cluster ? "--cluster" : group)
            : " for " + Times.setting(length.toMillis());
    context.print(reply, () -> what(group) + " is paused" + end);
    return ExitCode.OK;
  }

  static String what(String group) {
    return group.isEmpty() ? "The cluster" : "Group " + group;
  }

  static void requireOne(String group, boolean cluster) {
    if (group.isEmpty() != cluster) {
      throw new Failure(ExitCode.USAGE, "name a group, or give --cluster");
    }
  }
}
