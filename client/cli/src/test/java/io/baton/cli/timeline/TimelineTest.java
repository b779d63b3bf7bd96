package io.baton.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.cli.text.Times;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures made from a few events; whole ones are in {@code golden}. */
class TimelineTest {
  private static final long START = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private final List<Event> events = new ArrayList<>();
  private long minute;
  private long compacted;

  @Test
  void aFailoverAReturnAndADrain() throws IOException {
    created();
    joined("sched-a", "SYNCING").joined("sched-b", "READY").joined("sched-c", "READY");
    at(2).readiness("sched-a", "READY");
    at(3).granted("sched-a", "", Cause.CAUSE_FREE_SLOT, 0);
    at(20).gone("sched-a").ended("sched-a", Cause.CAUSE_SESSION_EXPIRED, 0);
    granted("sched-b", "sched-a", Cause.CAUSE_SESSION_EXPIRED, 0);
    at(25).joined("sched-a", "SYNCING");
    at(30).readiness("sched-a", "READY");
    at(35).revoked("sched-b", Cause.CAUSE_DRAINED, 0).drained("sched-b");
    at(36).ended("sched-b", Cause.CAUSE_STOPPED, 0);
    granted("sched-a", "sched-b", Cause.CAUSE_DRAINED, 0);
    at(40).readiness("sched-c", "UNHEALTHY");
    at(50).revoked("sched-a", Cause.CAUSE_REVOKED, 0);
    at(51).ended("sched-a", Cause.CAUSE_STOPPED, 0);

    assertGolden("timeline.txt", picture(60, 60, 80, false));
    assertGolden("timeline-blocks.txt", picture(60, 60, 80, true));
  }

  @Test
  void theWindowCutsAndLeavesOutWhoWasGoneAllTheTime() {
    created();
    joined("old", "READY").joined("new", "READY");
    at(5).gone("old");
    at(30).gone("new");

    assertThat(rows(20, 40, 60))
        .containsExactly("new      --------------------....................");
  }

  @Test
  void aColumnShowsWhatWasForMostOfItsTime() {
    created();
    joined("a", "READY");
    at(8).readiness("a", "UNHEALTHY");
    at(12).readiness("a", "READY");
    at(23).readiness("a", "SYNCING");

    assertThat(row("a", cells(new long[] {0, 10, 20, 30}))).isEqualTo("--~");
  }

  @Test
  void aSharedOutGroupTellsHowManySlotsAndMovesThemTogether() throws IOException {
    created();
    joined("orders-a", "READY").joined("orders-b", "READY");
    IntStream.range(0, 8).forEach(slot -> granted("orders-a", "", Cause.CAUSE_FREE_SLOT, slot));
    at(30);
    for (int slot : new int[] {0, 1, 2, 5}) {
      ended("orders-a", Cause.CAUSE_STOPPED, slot);
      granted("orders-b", "orders-a", Cause.CAUSE_REBALANCED, slot);
    }
    at(45).gone("orders-a");
    for (int slot : new int[] {3, 4, 6, 7}) {
      ended("orders-a", Cause.CAUSE_SESSION_EXPIRED, slot);
    }

    assertGolden("timeline-sharded.txt", picture(60, 60, 80, false));
  }

  @Test
  void whatHistoryNoLongerTellsIsSaid() throws IOException {
    compacted = 70;
    at(10).readiness("other", "READY");
    at(20);
    lease("LEASE_ENDED", "sched-a", Cause.CAUSE_SESSION_EXPIRED, 0, 7).gone("sched-a");
    granted("sched-b", "sched-a", Cause.CAUSE_SESSION_EXPIRED, 0);

    assertGolden("timeline-compacted.txt", picture(60, 30, 80, false));
  }

  @Test
  void whereTheGroupBeganLaterThanHistoryNothingIsMissing() {
    compacted = 70;
    at(10);
    created();
    joined("a", "READY");

    assertThat(picture(60, 20, 80, false)).doesNotContain("reaches back").doesNotContain("?");
  }

  @Test
  void aDrainedHostDrainsItsMembers() {
    created();
    joined("a", "READY").joined("b", "READY");
    at(10);
    events.add(event("HOST_DRAINED", "").setGroup("").putDetails("host", "h1").build());
    at(20);
    events.add(event("HOST_UNDRAINED", "").setGroup("").putDetails("host", "h1").build());

    assertThat(rows(0, 30, 60))
        .containsExactly(
            "a        ----------dddddddddd----------", "b        ------------------------------");
  }

  @Test
  void othersGroupsDoNotCount() {
    created();
    joined("a", "READY");
    events.add(event("MEMBER_GONE", "a").setGroup("another").build());

    assertThat(rows(0, 10, 60)).containsExactly("a        " + "-".repeat(40));
  }

  @Test
  void aClockThatGoesBackMakesNothingShorterThanNothing() {
    created();
    joined("a", "READY").joined("b", "READY").granted("a", "", Cause.CAUSE_FREE_SLOT, 0);
    at(20).ended("a", Cause.CAUSE_STOPPED, 0);
    at(15).granted("b", "a", Cause.CAUSE_SWITCHOVER, 0);

    assertThat(timeline(30).changes().get(1).freeMillis()).isZero();
    assertThat(row("b", cells(new long[] {0, 10, 20, 30}))).isEqualTo("--#");
  }

  @ParameterizedTest
  @CsvSource({
    "60,    60, 1m,    60",
    "60,    50, 2m,    30",
    "1440,  60, 30m,   48",
    "10080, 60, 3h,    56",
    "99999, 60, 48h,   35",
  })
  void aColumnIsARoundTime(long minutes, int atMost, String step, int columns) {
    Steps steps = Steps.between(START, START + minutes * MINUTE, atMost);

    assertThat(Times.setting(steps.stepMillis())).isEqualTo(step);
    assertThat(steps.count()).isEqualTo(columns);
    assertThat(steps.begin(steps.count())).isEqualTo(START + minutes * MINUTE);
    assertThat(steps.fromMillis()).isLessThanOrEqualTo(START);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 80, 200})
  void noLineOfThePictureIsWiderThanAsked(int width) {
    created();
    joined("a-rather-long-name-of-a-member", "READY");

    assertThat(picture(3_000, 3_000, width, false).lines())
        .filteredOn(line -> line.startsWith("a-rather") || line.strip().startsWith("|"))
        .allMatch(line -> line.length() <= width);
  }

  // ------------------------------------------------------------------ a history

  private TimelineTest at(long minutes) {
    minute = minutes;
    return this;
  }

  private void created() {
    events.add(event("GROUP_CREATED", "").build());
  }

  private TimelineTest joined(String member, String readiness) {
    events.add(event("MEMBER_JOINED", member).putDetails("readiness", readiness).build());
    return this;
  }

  private TimelineTest readiness(String member, String readiness) {
    events.add(event("READINESS_CHANGED", member).putDetails("readiness", readiness).build());
    return this;
  }

  private TimelineTest gone(String member) {
    events.add(event("MEMBER_GONE", member).build());
    return this;
  }

  private TimelineTest drained(String member) {
    events.add(event("MEMBER_DRAINED", member).build());
    return this;
  }

  private void granted(String member, String previous, Cause cause, int slot) {
    Event.Builder event = event("LEASE_GRANTED", member).setCause(cause).setSlot(slot);
    events.add(
        (previous.isEmpty() ? event : event.putDetails("previous", previous))
            .setEpoch(event.getRevision())
            .build());
  }

  private TimelineTest revoked(String member, Cause cause, int slot) {
    return lease("LEASE_REVOKED", member, cause, slot, epoch(member, slot));
  }

  private TimelineTest ended(String member, Cause cause, int slot) {
    return lease("LEASE_ENDED", member, cause, slot, epoch(member, slot));
  }

  private TimelineTest lease(String type, String member, Cause cause, int slot, long epoch) {
    events.add(event(type, member).setCause(cause).setSlot(slot).setEpoch(epoch).build());
    return this;
  }

  private long epoch(String member, int slot) {
    return events.stream()
        .filter(e -> e.getType().equals("LEASE_GRANTED"))
        .filter(e -> e.getMember().equals(member) && e.getSlot() == slot)
        .mapToLong(Event::getEpoch)
        .max()
        .orElseThrow();
  }

  private Event.Builder event(String type, String member) {
    return Event.newBuilder()
        .setRevision(compacted + events.size() + 1)
        .setAtMillis(START + minute * MINUTE)
        .setType(type)
        .setGroup("scheduler")
        .setMember(member);
  }

  // ------------------------------------------------------------------ its picture

  private Timeline timeline(long now) {
    Map<String, String> hosts = Map.of("a", "h1", "b", "h2");
    return Timeline.of(
        new Timeline.History("scheduler", events, compacted, hosts), START + now * MINUTE);
  }

  private String picture(long minutes, long now, int width, boolean blocks) {
    return TimelineText.render(timeline(now), START + (now - minutes) * MINUTE, width, blocks);
  }

  private List<String> rows(long from, long to, int width) {
    return TimelineText.render(timeline(to), START + from * MINUTE, width, false)
        .lines()
        .skip(4)
        .takeWhile(line -> !line.startsWith("changes"))
        .toList();
  }

  private Map<String, Timeline.Row> cells(long[] edges) {
    this.edges = edges;
    return timeline(edges[edges.length - 1]).rows();
  }

  private long[] edges = {};

  private String row(String member, Map<String, Timeline.Row> rows) {
    Timeline.Row row = Objects.requireNonNull(rows.get(member));
    StringBuilder cells = new StringBuilder();
    for (int i = 1; i < edges.length; i++) {
      long from = START + edges[i - 1] * MINUTE;
      long to = START + edges[i] * MINUTE;
      cells.append(row.mostly(from, to, MemberState.ABSENT).sign(false));
    }
    return cells.toString();
  }

  /** What was printed is left in target/golden, to be compared and, where it is right, copied. */
  private static void assertGolden(String name, String printed) throws IOException {
    Path left = Path.of("target", "golden", name);
    Files.createDirectories(left.getParent());
    Files.writeString(left, printed);
    try (InputStream file = TimelineTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(file).as("golden/" + name).isNotNull();
      assertThat(printed).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
