package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.ExplanationText;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who would be active now, and why. */
@Command(
    name = "explain",
    description = "Say of every member by which rule it would be active, or was, or not.")
final class ExplainVerb extends Verb {
  @Parameters(paramLabel = "GROUP", description = "The group.")
  String group = "";

  @Option(
      names = "--slot",
      paramLabel = "N",
      description =
          "Of a group with several. Default: 0, or where nobody holds it in an all-active group, the next one granted.")
  int slot;

  @Option(
      names = "--at",
      paramLabel = "REVISION",
      description = "Explain the decision that history holds under this revision.")
  long at;

  @Mixin ReadOptions read = new ReadOptions();

  ExplainVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    ExplainRequest request =
        ExplainRequest.newBuilder()
            .setLocal(read.local)
            .setGroup(group)
            .setSlot(slot)
            .setAtRevision(at)
            .build();
    ExplainResponse reply = cluster.read(read.local, stub -> stub.explain(request));
    context.print(reply, () -> ExplanationText.of(group, slot, reply));
    return ExitCode.OK;
  }
}
