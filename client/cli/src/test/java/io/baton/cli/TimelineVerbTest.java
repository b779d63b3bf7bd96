package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.cli.verb.Terminal;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.ErrorCode;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import io.baton.proto.v1.ListMembersResponse;
import io.baton.proto.v1.Member;
import io.baton.proto.v1.Site;
import io.grpc.Status;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the picture is asked for; the picture itself is TimelineTest's. */
@Timeout(30)
class TimelineVerbTest {
  private static final String SINCE = " --since 2026-11-21T08:00:00Z";

  private final FakeCoordinator coordinator = new FakeCoordinator();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void allOfHistoryIsReadForWhatWasSoBefore() {
    coordinator
        .replies(page(3, event(1, "GROUP_CREATED", ""), joined(2)))
        .replies(page(0, granted(3)));

    CommandRun run = run(Terminal.NONE, "timeline scheduler");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).containsPattern("\nsched-a +#{20,}\n");
    assertThat(coordinator.requests(ListEventsRequest.class))
        .extracting(ListEventsRequest::getFromRevision)
        .containsExactly(0L, 3L);
  }

  @Test
  void aDrainedHostIsLookedUp() {
    Event drained =
        Event.newBuilder().setType("HOST_DRAINED").putDetails("host", "h1").setRevision(3).build();
    Member member =
        Samples.member("sched-a").setSite(Site.newBuilder().setHost("h1").build()).build();
    coordinator
        .replies(page(0, event(1, "GROUP_CREATED", ""), joined(2), drained))
        .replies(ListMembersResponse.newBuilder().addMembers(member).build());

    assertThat(run(Terminal.NONE, "timeline scheduler").out()).containsPattern("sched-a +d+\n");
  }

  @Test
  void blocksAreForTerminalsThatShowThem() {
    coordinator.replies(page(0, event(1, "GROUP_CREATED", ""), joined(2), granted(3)));

    assertThat(run(terminal(StandardCharsets.UTF_8, 80), "timeline scheduler").out())
        .contains("\u2588\u2588\u2588");
    assertThat(run(terminal(StandardCharsets.ISO_8859_1, 80), "timeline scheduler").out())
        .contains("###")
        .matches("\\p{ASCII}*");
  }

  @Test
  void itIsAsWideAsTheTerminalOrAsAsked() {
    coordinator.replies(page(0, event(1, "GROUP_CREATED", ""), joined(2), granted(3)));

    assertThat(columns(terminal(StandardCharsets.US_ASCII, 200), "")).isEqualTo(120);
    assertThat(columns(terminal(StandardCharsets.US_ASCII, 200), " --width 80")).isEqualTo(60);
    assertThat(columns(Terminal.NONE, "")).isEqualTo(60);
  }

  /** Of the last hour. */
  private int columns(Terminal terminal, String width) {
    String line =
        run(terminal, "timeline scheduler" + width)
            .out()
            .lines()
            .filter(row -> row.startsWith("sched-a"))
            .findFirst()
            .orElseThrow();
    return line.replaceAll("[^#]", "").length();
  }

  @Test
  void jsonHoldsTheEventsOfThatTimeAndGroup() {
    coordinator.replies(
        page(
            0,
            joined(2).toBuilder().setAtMillis(Samples.AT - 86_400_000).build(),
            granted(3),
            granted(4).toBuilder().setGroup("another").build()));

    String out = run(Terminal.NONE, "timeline scheduler -o json" + SINCE).out();

    assertThat(out).contains("\"revision\": \"3\"");
    assertThat(out).doesNotContain("MEMBER_JOINED", "another");
  }

  @Test
  void aGroupOfWhichNothingIsKnownHasToBeThere() {
    coordinator
        .replies(page(0, event(1, "GROUP_CREATED", "").toBuilder().setGroup("other").build()))
        .refuses(
            Status.Code.NOT_FOUND, ErrorCode.ERROR_CODE_NOT_FOUND, "name", "there is no group x");

    CommandRun run = run(Terminal.NONE, "timeline x");

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err()).contains("there is no group x");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 39, 1_001})
  void aWidthHasItsBounds(int width) {
    CommandRun run = run(Terminal.NONE, "timeline scheduler --width " + width);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("baton: --width: " + width + " is not between 40 and 1000\n");
    assertThat(coordinator.requests).isEmpty();
  }

  private CommandRun run(Terminal terminal, String line) {
    return CommandRun.on(terminal, (line + " -e " + coordinator.address()).split(" "));
  }

  private static Terminal terminal(Charset charset, int columns) {
    return new Terminal(true, charset, () -> new Terminal.Size(24, columns));
  }

  private static ListEventsResponse page(long next, Event... events) {
    ListEventsResponse.Builder page = ListEventsResponse.newBuilder().setNextRevision(next);
    for (Event event : events) {
      page.addEvents(event);
    }
    return page.build();
  }

  private static Event joined(long revision) {
    return event(revision, "MEMBER_JOINED", "sched-a").toBuilder()
        .putDetails("readiness", "READY")
        .build();
  }

  private static Event granted(long revision) {
    return event(revision, "LEASE_GRANTED", "sched-a").toBuilder().setEpoch(revision).build();
  }

  private static Event event(long revision, String type, String member) {
    return Samples.event(revision, type, member, 0, Cause.CAUSE_UNSPECIFIED, revision);
  }
}
