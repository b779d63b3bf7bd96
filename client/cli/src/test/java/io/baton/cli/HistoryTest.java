package io.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of history, and what of it is shown. */
@Timeout(30)
class HistoryTest {
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;

  private final FakeCoordinator coordinator = new FakeCoordinator();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "history scheduler",
    "history --group scheduler",
    "history scheduler --group scheduler",
  })
  void aGroupIsNamedEitherWay(String line) {
    coordinator.replies(ListEventsResponse.getDefaultInstance());

    run(line);

    assertThat(asked()).extracting(ListEventsRequest::getGroup).containsExactly("scheduler");
  }

  @Test
  void twoGroupsAreOneTooMany() {
    CommandRun run = CommandRun.of("history", "a", "--group", "b", "-e", coordinator.address());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("baton: one group or all: a and b were named\n");
  }

  @Test
  void onlyTheCausesAskedForAreShown() {
    coordinator.replies(
        page(
            0,
            event(14, Cause.CAUSE_FORCED, 4),
            event(13, Cause.CAUSE_STOPPED, 3),
            event(12, Cause.CAUSE_SESSION_EXPIRED, 2),
            event(11, Cause.CAUSE_UNSPECIFIED, 1)));

    assertThat(shown("history --cause FORCED,session-expired")).containsExactly(12L, 14L);
    assertThat(shown("history --cause FORCED --cause STOPPED")).containsExactly(13L, 14L);
  }

  @Test
  void ofHandoversTheCauseIsTheirs() {
    coordinator.replies(
        page(0, Samples.handedOver(), Samples.failedOver(), event(12, Cause.CAUSE_FAILOVER, 2)));

    assertThat(shown("history --handovers")).containsExactly(53L, 60L);
    assertThat(shown("history --handovers --cause FAILOVER")).containsExactly(60L);
  }

  @Test
  void filteringReadsOnThroughPagesThatHoldNothing() {
    coordinator
        .replies(page(90, event(100, Cause.CAUSE_STOPPED, 9)))
        .replies(page(80))
        .replies(page(70, event(80, Cause.CAUSE_FORCED, 8), event(79, Cause.CAUSE_FORCED, 7)))
        .replies(page(0, event(70, Cause.CAUSE_FORCED, 6)));

    assertThat(shown("history --cause FORCED")).containsExactly(70L, 79L, 80L);
    assertThat(asked())
        .extracting(ListEventsRequest::getFromRevision)
        .containsExactly(0L, 90L, 80L, 70L);
    assertThat(asked()).extracting(ListEventsRequest::getLimit).containsOnly(1_000);
  }

  @Test
  void itReadsNoFurtherThanTheLimit() {
    coordinator.replies(
        page(
            70,
            event(80, Cause.CAUSE_FORCED, 8),
            event(79, Cause.CAUSE_FORCED, 7),
            event(78, Cause.CAUSE_FORCED, 6)));

    CommandRun run = run("history --cause FORCED --limit 2 -o json");

    assertThat(revisions(run)).containsExactly(79L, 80L);
    assertThat(run.out()).contains("\"nextRevision\": \"78\"");
    assertThat(asked()).hasSize(1);
  }

  @Test
  void itReadsNoFurtherBackThanAsked() {
    coordinator.replies(
        page(
            70,
            event(82, Cause.CAUSE_FORCED, 10),
            // The next leader's clock was behind.
            event(81, Cause.CAUSE_FORCED, -1),
            event(80, Cause.CAUSE_FORCED, 2),
            Samples.event(79, "LEASE_ENDED", "sched-a", 4, Cause.CAUSE_FORCED, -HOUR)));

    assertThat(shown("history --since 2026-11-21T08:06:57.980Z")).containsExactly(80L, 82L);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aDurationCountsBackFromNow() {
    long now = System.currentTimeMillis();
    coordinator.replies(
        page(
            0,
            event(9, Cause.CAUSE_FORCED, 0).toBuilder().setAtMillis(now - HOUR / 2).build(),
            event(8, Cause.CAUSE_FORCED, 0).toBuilder().setAtMillis(now - HOUR * 2).build()));

    assertThat(shown("history --since 1h")).containsExactly(9L);
    assertThat(shown("history --since 3h")).containsExactly(8L, 9L);
  }

  @Test
  void whereHistoryDoesNotReachBackSoFarItIsSaid() {
    Event oldest = event(78, Cause.CAUSE_FORCED, 5);
    coordinator.replies(page(0, oldest).toBuilder().setCompactedRevision(77).build());

    assertThat(run("history --since 2026-11-21T08:00:00Z").err())
        .isEqualTo(
            "baton: history reaches back to 2026-11-21T08:07:02.980Z only: events up to revision"
                + " 77 are gone\n");
    assertThat(run("history --since 2026-11-21T09:00:00Z").err()).isEmpty();
  }

  @Test
  void fromARevisionOnTheOldestComeFirst() {
    coordinator
        .replies(page(13, event(11, Cause.CAUSE_FORCED, 1), event(12, Cause.CAUSE_STOPPED, 2)))
        .replies(page(0, event(13, Cause.CAUSE_FORCED, 3)));

    assertThat(shown("history --from-revision 11 --cause FORCED")).containsExactly(11L, 13L);
    assertThat(asked()).extracting(ListEventsRequest::getNewestFirst).containsOnly(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cause SNEEZED | 'SNEEZED' is no cause: write one of REQUESTED, SWITCHOVER,",
        "--since tuesday | 'tuesday' is no time: write 30m, 1h or 2026-11-21T08:06:57Z",
        "--since 2026-13-01T00:00:00Z | is no time",
        "--limit 0 | --limit: 0 is not 1 or more",
        "--limit -3 | --limit: -3 is not 1 or more",
      })
  void whatMakesNoSenseIsRefused(String options, String words) {
    CommandRun run = run("history " + options);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
    assertThat(coordinator.requests).isEmpty();
  }

  private CommandRun run(String line) {
    return CommandRun.of((line + " -e " + coordinator.address()).split(" "));
  }

  private List<ListEventsRequest> asked() {
    return coordinator.requests(ListEventsRequest.class);
  }

  private List<Long> shown(String line) {
    CommandRun run = run(line + " -o json");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return revisions(run);
  }

  private static List<Long> revisions(CommandRun run) {
    List<Long> revisions = new ArrayList<>();
    // The events' own, which are further in than the reply's.
    run.out()
        .lines()
        .filter(line -> line.matches(" {4}\"revision\": \"[0-9]+\",?"))
        .forEach(line -> revisions.add(Long.parseLong(line.replaceAll("[^0-9]", ""))));
    return revisions;
  }

  private static ListEventsResponse page(long next, Event... events) {
    return ListEventsResponse.newBuilder()
        .setRevision(100)
        .setNextRevision(next)
        .addAllEvents(List.of(events))
        .build();
  }

  private static Event event(long revision, Cause cause, long seconds) {
    return Samples.event(revision, "LEASE_ENDED", "sched-a", 4, cause, seconds * SECOND);
  }
}
