package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.cli.exit.ExitCode;
import io.baton.cli.exit.Failure;
import io.baton.cli.timeline.Timeline;
import io.baton.cli.timeline.Timeline.History;
import io.baton.cli.timeline.TimelineText;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.GetGroupRequest;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListMembersRequest;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A picture of who was what, and when. */
@Command(
    name = "timeline",
    description = {
      "Show the roles of a group's members over time, made from history:",
      "a line a member, a column a step of time, and each change of the active beneath."
    },
    footer = {
      "",
      "Exit codes: 0 shown, 2 usage, 3 no coordinator reachable, 4 no leader or quorum,",
      "  6 no such group, now or in what is left of history."
    })
final class TimelineVerb extends Verb {
  private static final int LEAST_WIDTH = 40;
  private static final int MOST_WIDTH = 1_000;

  /** Taken before the command line is read: a duration in there is never longer than it says. */
  private final Instant now = Instant.now();

  @Parameters(paramLabel = "GROUP", description = "The group; a deleted one too.")
  String group = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Where it begins: 30m, 24h, or an instant such as 2026-11-21T08:06:57Z. Default: 1h.")
  Instant since = now.minus(Duration.ofHours(1));

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "How many characters wide, 40 to 1000. Default: the terminal's width, or 80.")
  int width;

  @Mixin ReadOptions read = new ReadOptions();

  TimelineVerb(Context context) {
    super(context);
  }

  @Override
  ExitCode run(ClusterClient cluster) {
    check();
    ListEventsRequest question = ListEventsRequest.newBuilder().setLocal(read.local).build();
    ListEventsResponse all =
        HistoryPages.read(cluster, question, HistoryFilter.ALL, Integer.MAX_VALUE);
    History history =
        new History(
            group,
            all.getEventsList(),
            all.getCompactedRevision(),
            hosts(cluster, all.getEventsList()));
    if (!history.knowsGroup()) {
      GetGroupRequest request =
          GetGroupRequest.newBuilder().setLocal(read.local).setName(group).build();
      cluster.read(read.local, stub -> stub.getGroup(request));
    }
    context.print(ofGroup(all, history), () -> picture(history));
    return ExitCode.OK;
  }

  private void check() {
    if (width != 0 && (width < LEAST_WIDTH || width > MOST_WIDTH)) {
      throw new Failure(
          ExitCode.USAGE,
          "--width: " + width + " is not between " + LEAST_WIDTH + " and " + MOST_WIDTH);
    }
  }

  private String picture(History history) {
    Terminal terminal = context.shell().terminal();
    int columns = Math.max(LEAST_WIDTH, width == 0 ? terminal.size().get().columns() : width);
    Timeline timeline = Timeline.of(history, now.toEpochMilli());
    boolean blocks = terminal.shows(TimelineText.BLOCKS);
    return TimelineText.render(timeline, since.toEpochMilli(), columns, blocks);
  }

  /** For programs: the events of the time that the picture would show. */
  private ListEventsResponse ofGroup(ListEventsResponse all, History history) {
    List<Event> events =
        history.ofGroup().filter(event -> event.getAtMillis() >= since.toEpochMilli()).toList();
    return all.toBuilder().clearEvents().addAllEvents(events).build();
  }

  /** Where the members run; asked for only where a host was drained. */
  private Map<String, String> hosts(ClusterClient cluster, List<Event> events) {
    Map<String, String> hosts = new HashMap<>();
    if (events.stream().noneMatch(event -> event.getType().equals("HOST_DRAINED"))) {
      return hosts;
    }
    Pages.all(
        page -> {
          ListMembersRequest request =
              ListMembersRequest.newBuilder().setLocal(read.local).setPage(page).build();
          ListMembersResponse reply = cluster.read(read.local, stub -> stub.listMembers(request));
          for (Member member : reply.getMembersList()) {
            if (member.getGroup().equals(group)) {
              hosts.put(member.getId(), member.getSite().getHost());
            }
          }
          return reply.getNext();
        });
    return hosts;
  }
}
