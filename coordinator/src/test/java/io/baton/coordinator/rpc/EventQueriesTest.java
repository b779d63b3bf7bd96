package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.proto.v1.ListEventsResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventQueriesTest {
  private static final int MOST_THAT_ANY_CLIENT_TAKES = 4 << 20;

  private static List<HistoryEvent> events(int count, String detail) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(
            revision ->
                new HistoryEvent(
                    revision,
                    0,
                    HistoryEvent.Type.READINESS_CHANGED,
                    "orders",
                    "",
                    0,
                    0,
                    0,
                    null,
                    Actor.SYSTEM,
                    List.of(),
                    0,
                    Map.of("detail", detail)))
        .toList();
  }

  @Test
  void aPageOfLargeEventsIsShortAndTheNextOneFollowsOn() {
    ListEventsResponse.Builder page = ListEventsResponse.newBuilder();

    long last = EventQueries.take(events(1_000, "x".repeat(64_000)), "", 1_000, page);

    assertThat(page.getEventsCount()).isBetween(2, 999);
    assertThat(page.getEvents(page.getEventsCount() - 1).getRevision()).isEqualTo(last);
    assertThat(page.build().getSerializedSize()).isLessThan(MOST_THAT_ANY_CLIENT_TAKES);
  }

  @Test
  void aPageOfSmallEventsHasAllThatWereAskedFor() {
    ListEventsResponse.Builder page = ListEventsResponse.newBuilder();

    assertThat(EventQueries.take(events(1_000, "x"), "", 500, page)).isEqualTo(500);
    assertThat(page.getEventsCount()).isEqualTo(500);
  }
}
