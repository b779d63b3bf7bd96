package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.cluster.GroupStore;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.spec.GroupFile;
import io.baton.proto.v1.Group;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes groups what a file says. */
@Command(
    name = "apply",
    description = {
      "Create and change groups as a file says: one YAML document a group. What the file leaves",
      "out takes its default. Nothing is applied from a file with a mistake."
    })
final class ApplyVerb extends Verb {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "The file; - is standard input.")
  String file = "";

  @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
  boolean dryRun;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the history.")
  String reason = "";

  ApplyVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    List<GroupFile> files = SpecFiles.read(file, context.shell());
    GroupStore store = new GroupStore(cluster, context.actor(reason));
    for (Changes.Planned planned : Changes.plan(files, store)) {
      apply(planned, store);
    }
    return ExitCode.OK;
  }

  private void apply(Changes.Planned planned, GroupStore store) {
    Group after =
        dryRun || planned.empty()
            ? Group.newBuilder().setName(planned.change().name()).setSpec(planned.whole()).build()
            : store.store(planned.change());
    String verb = planned.creates() ? "create" : "change";
    String what = dryRun ? "would be " + verb + "d" : verb + "d";
    context.print(after, () -> String.join("\n", planned.lines(what)));
    context.warnings(after);
  }
}
