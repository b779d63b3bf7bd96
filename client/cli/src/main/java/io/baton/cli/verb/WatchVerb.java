package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.EventLine;
import io.baton.proto.v1.Event;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Events as they happen, one line each, until interrupted. */
@Command(
    name = "watch",
    description = "Print events as they happen, each once and in order, until interrupted.")
final class WatchVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

  @Option(
      names = "--from-revision",
      paramLabel = "R",
      description = "Begin with the event at this revision; otherwise with the next that happens.")
  long fromRevision;

  WatchVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    cluster.events().follow(fromRevision, group, null, this::print);
    return ExitCode.OK;
  }

  /** False when nobody reads any more. */
  private boolean print(Event event) {
    context.print(context.json() ? Json.line(event) : EventLine.of(event));
    return !context.shell().out().checkError();
  }
}
