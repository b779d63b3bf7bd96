package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.EventLine;
import io.baton.cli.text.PictureLines;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.WatchGroupResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Events as they happen, or a group's picture and what changes in it, until interrupted. */
@Command(
    name = "watch",
    description = {
      "Print events as they happen, each once and in order, until interrupted.",
      "With --snapshot: who is active in a group and which members it has, then what changes in it."
    })
final class WatchVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

  @Option(
      names = "--from-revision",
      paramLabel = "R",
      description = "Begin with the event at this revision; otherwise with the next that happens.")
  long fromRevision;

  @Option(
      names = "--snapshot",
      description = {
        "The group's slots and members instead of events: as they are, then as they change.",
        "-o json prints the coordinator's messages, one a line, a bookmark each second included."
      })
  boolean snapshot;

  WatchVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    if (snapshot) {
      check();
      cluster.picture().follow(0, group, this::print);
      return ExitCode.OK;
    }
    cluster.events().follow(fromRevision, group, null, this::print);
    return ExitCode.OK;
  }

  /** False when nobody reads any more. */
  private boolean print(Event event) {
    context.print(context.json() ? Json.line(event) : EventLine.of(event));
    return !context.shell().out().checkError();
  }

  private void check() {
    if (group.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "--snapshot: name the GROUP");
    }
    if (fromRevision != 0) {
      throw new Failure(
          ExitCode.USAGE, "--snapshot: begins with what is there; omit --from-revision");
    }
  }

  private boolean print(WatchGroupResponse message) {
    if (context.json()) {
      context.print(Json.line(message));
    } else {
      PictureLines.of(group, message).forEach(context::print);
    }
    return !context.shell().out().checkError();
  }
}
