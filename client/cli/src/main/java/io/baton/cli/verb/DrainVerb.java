package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.proto.v1.DrainRequest;
import io.baton.proto.v1.DrainResponse;
import io.baton.proto.v1.MemberName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins or ends the drain of a member or of a host. */
@Command(
    description = {
      "%n  baton ${COMMAND-NAME} GROUP MEMBER%n  baton ${COMMAND-NAME} --host HOST%n",
      "A drained member hands its leases over and gets none until it is undrained; a host's",
      "members do so one after the other. No group gets fewer actives by it than its min-active."
    })
final class DrainVerb extends Verb {
  private final boolean undrain;

  @Parameters(index = "0", arity = "0..1", paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "MEMBER", description = "The member.")
  String member = "";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Every member that says it runs there, in all groups.")
  String host = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  DrainVerb(Context context, boolean undrain) {
    super(context);
    this.undrain = undrain;
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    DrainRequest request = request();
    DrainResponse reply =
        cluster.command((stub, id) -> stub.drain(request.toBuilder().setId(id).build()));
    String what = host.isEmpty() ? member + " of " + group : "Host " + host;
    context.print(reply, () -> what + (undrain ? " may be active again." : " is drained."));
    return ExitCode.OK;
  }

  private DrainRequest request() {
    DrainRequest.Builder request =
        DrainRequest.newBuilder().setActor(context.actor(reason)).setUndrain(undrain);
    boolean oneMember = !group.isEmpty() && !member.isEmpty() && host.isEmpty();
    boolean allOfAHost = group.isEmpty() && !host.isEmpty();
    if (!oneMember && !allOfAHost) {
      throw new Failure(
          ExitCode.USAGE, "name a group and a member, or a --host, which is of all groups");
    }
    if (!host.isEmpty()) {
      return request.setHost(host).build();
    }
    return request.setMember(MemberName.newBuilder().setGroup(group).setMember(member)).build();
  }
}
