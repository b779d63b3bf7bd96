package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.text.Tables;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened, and why; the newest last. */
@Command(name = "history", description = "Show what happened and why, the newest last.")
final class HistoryVerb extends Verb {
  private static final int PAGE = 1_000;

  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only of this group.")
  String group = "";

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
    boolean newestFirst = fromRevision == 0;
    List<Event> events = new ArrayList<>();
    ListEventsResponse page;
    long from = fromRevision;
    do {
      ListEventsRequest request =
          ListEventsRequest.newBuilder()
              .setLocal(read.local)
              .setGroup(group)
              .setFromRevision(from)
              .setLimit(Math.min(PAGE, limit - events.size()))
              .setNewestFirst(newestFirst)
              .build();
      page = cluster.read(read.local, stub -> stub.listEvents(request));
      events.addAll(page.getEventsList());
      from = page.getNextRevision();
    } while (from != 0 && events.size() < limit);
    if (newestFirst) {
      Collections.reverse(events);
    }
    ListEventsResponse all = page.toBuilder().clearEvents().addAllEvents(events).build();
    context.print(
        all, () -> group.isEmpty() ? Tables.events(events) : Tables.eventsOfGroup(events));
    if (fromRevision != 0 && fromRevision <= all.getCompactedRevision()) {
      context.notice("events up to revision " + all.getCompactedRevision() + " are gone");
    }
    return ExitCode.OK;
  }
}
