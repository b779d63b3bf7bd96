package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.GroupStore;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.spec.GroupFile;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a file would change. */
@Command(
    name = "diff",
    description = {
      "Compare the groups of a file with what the cluster stores, defaults included.",
      "Exits 0 where nothing differs and 1 where something does."
    })
final class GroupDiffVerb extends Verb {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "The file; - is standard input.")
  String file = "";

  GroupDiffVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    List<GroupFile> files = SpecFiles.read(file, context.shell());
    GroupStore store = new GroupStore(cluster, context.actor(""));
    boolean differs = false;
    for (Changes.Planned planned : Changes.plan(files, store)) {
      differs |= !planned.empty();
      if (!planned.empty()) {
        context.print("group " + planned.change().name());
        planned.diff().forEach(context::print);
      }
    }
    return differs ? ExitCode.FAILED : ExitCode.OK;
  }
}
