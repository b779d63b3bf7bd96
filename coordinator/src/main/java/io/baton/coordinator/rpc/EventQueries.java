package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.util.List;
import java.util.function.Function;

/**
 * Reads history. A query looks at no more than one page of it, so a page of one group's events may
 * be short, or empty, and still name a next one. It is short, too, before it is larger than every
 * gRPC client takes without being told (4 MB).
 */
final class EventQueries {
  private static final int MAX_PAGE_BYTES = 2 << 20;

  private EventQueries() {}

  static Function<View, ListEventsResponse> list(ListEventsRequest request) {
    String group = Checks.nameOrEmpty("group", request.getGroup());
    int limit = Checks.limit("limit", request.getLimit());
    long from = Checks.number("from_revision", request.getFromRevision());
    return request.getNewestFirst()
        ? view -> newestFirst(view, group, from == 0 ? Long.MAX_VALUE : from, limit)
        : view -> oldestFirst(view, group, from, limit);
  }

  private static ListEventsResponse oldestFirst(View view, String group, long from, int limit) {
    List<HistoryEvent> seen = view.store().eventsFrom(from, Checks.MAX_PAGE);
    ListEventsResponse.Builder page = page(view);
    long last = take(seen, group, limit, page);
    long next = last == 0 || last >= view.state().revision() ? 0 : last + 1;
    return page.setNextRevision(next).build();
  }

  private static ListEventsResponse newestFirst(View view, String group, long from, int limit) {
    List<HistoryEvent> seen = view.store().eventsBackFrom(from, Checks.MAX_PAGE);
    ListEventsResponse.Builder page = page(view);
    long last = take(seen, group, limit, page);
    long next = last <= view.state().cluster().compactedRevision() + 1 ? 0 : last - 1;
    return page.setNextRevision(next).build();
  }

  private static ListEventsResponse.Builder page(View view) {
    return ListEventsResponse.newBuilder()
        .setRevision(view.state().revision())
        .setCompactedRevision(view.state().cluster().compactedRevision());
  }

  /** Puts what matches on the page; returns the revision of the last event looked at, or 0. */
  static long take(
      List<HistoryEvent> seen, String group, int limit, ListEventsResponse.Builder page) {
    long last = 0;
    int bytes = 0;
    for (HistoryEvent event : seen) {
      if (page.getEventsCount() == limit || bytes > MAX_PAGE_BYTES) {
        break;
      }
      last = event.revision();
      if (group.isEmpty() || group.equals(event.group())) {
        Event encoded = EventCodec.encode(event);
        bytes += encoded.getSerializedSize();
        page.addEvents(encoded);
      }
    }
    return last;
  }
}
