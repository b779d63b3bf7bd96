package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.text.HandoverTable;
import io.baton.cli.text.Tables;
import io.baton.cli.text.Times;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened, and why; the newest last. */
@Command(name = "history", description = "Show what happened and why, the newest last.")
final class HistoryVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

  @Option(names = "--group", paramLabel = "GROUP", description = "The same.")
  String groupOption = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Nothing older: 30m, 1h, or an instant such as 2026-11-21T08:06:57Z.")
  Instant since = Instant.EPOCH;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      split = ",",
      description = "Only with this cause, or one of several: SESSION_EXPIRED,FORCED.")
  List<Cause> causes = new ArrayList<>();

  @Option(
      names = "--handovers",
      description = "Only how a slot passed from one active to the next, one row each.")
  boolean handovers;

  @Option(
      names = "--from-revision",
      paramLabel = "R",
      description = "The oldest to show; otherwise the newest events are shown.")
  long fromRevision;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most. Default: ${DEFAULT-VALUE}.")
  int limit = 50;

  @Mixin ReadOptions read = new ReadOptions();

  HistoryVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    check();
    boolean newestFirst = fromRevision == 0;
    ListEventsRequest question =
        ListEventsRequest.newBuilder()
            .setLocal(read.local)
            .setGroup(group)
            .setFromRevision(fromRevision)
            .setNewestFirst(newestFirst)
            .build();
    HistoryFilter filter = new HistoryFilter(since.toEpochMilli(), Set.copyOf(causes), handovers);
    ListEventsResponse found = HistoryPages.read(cluster, question, filter, limit);
    List<Event> events = new ArrayList<>(found.getEventsList());
    if (newestFirst) {
      Collections.reverse(events);
    }
    context.print(
        found.toBuilder().clearEvents().addAllEvents(events).build(), () -> table(events));
    sayWhatIsGone(cluster, found);
    return ExitCode.OK;
  }

  private String table(List<Event> events) {
    if (handovers) {
      return group.isEmpty() ? HandoverTable.of(events) : HandoverTable.ofGroup(events);
    }
    return group.isEmpty() ? Tables.events(events) : Tables.eventsOfGroup(events);
  }

  private void check() {
    if (!groupOption.isEmpty() && !group.isEmpty() && !groupOption.equals(group)) {
      throw new Failure(
          ExitCode.USAGE, "one group or all: " + group + " and " + groupOption + " were named");
    }
    group = group.isEmpty() ? groupOption : group;
    if (limit < 1) {
      throw new Failure(ExitCode.USAGE, "--limit: " + limit + " is not 1 or more");
    }
  }

  private void sayWhatIsGone(ClusterClient cluster, ListEventsResponse found) {
    long compacted = found.getCompactedRevision();
    if (fromRevision != 0 && fromRevision <= compacted) {
      context.notice("events up to revision " + compacted + " are gone");
    } else if (compacted != 0 && since.isAfter(Instant.EPOCH) && found.getNextRevision() == 0) {
      HistoryPages.oldest(cluster, read.local)
          .filter(oldest -> oldest.getAtMillis() > since.toEpochMilli())
          .ifPresent(
              oldest ->
                  context.notice(
                      "history reaches back to "
                          + Times.instant(oldest.getAtMillis())
                          + " only: events up to revision "
                          + compacted
                          + " are gone"));
    }
  }
}
