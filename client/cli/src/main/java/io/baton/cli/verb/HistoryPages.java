package io.baton.cli.verb;

import io.baton.cli.cluster.ClusterClient;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads history page by page: until enough is found that fits, or nothing more can. A page may be
 * short, or empty, and still not be the last.
 */
final class HistoryPages {
  private static final int PAGE = 1_000;

  private final ClusterClient cluster;
  private final ListEventsRequest question;
  private final HistoryFilter filter;
  private final int limit;
  private final List<Event> found = new ArrayList<>();

  private HistoryPages(
      ClusterClient cluster, ListEventsRequest question, HistoryFilter filter, int limit) {
    this.cluster = cluster;
    this.question = question;
    this.filter = filter;
    this.limit = limit;
  }

  /**
   * What fits, in the order that the question asks for.
   *
   * @param limit how many at most
   */
  static ListEventsResponse read(
      ClusterClient cluster, ListEventsRequest question, HistoryFilter filter, int limit) {
    return new HistoryPages(cluster, question, filter, limit).read();
  }

  /** The oldest event that is kept, whatever its group. */
  static Optional<Event> oldest(ClusterClient cluster, boolean local) {
    ListEventsRequest request = ListEventsRequest.newBuilder().setLocal(local).setLimit(1).build();
    return page(cluster, request).getEventsList().stream().findFirst();
  }

  private ListEventsResponse read() {
    long from = question.getFromRevision();
    ListEventsResponse page;
    long next;
    do {
      page = page(cluster, question.toBuilder().setFromRevision(from).setLimit(pageSize()).build());
      next = take(page);
      from = next;
    } while (next != 0 && found.size() < limit);
    return page.toBuilder().clearEvents().addAllEvents(found).setNextRevision(next).build();
  }

  private int pageSize() {
    return filter.wantsAll() ? Math.min(PAGE, limit - found.size()) : PAGE;
  }

  /** Keeps what fits; returns where the next page starts, or 0. */
  private long take(ListEventsResponse page) {
    for (Event event : page.getEventsList()) {
      if (found.size() == limit) {
        return event.getRevision();
      }
      if (question.getNewestFirst() && filter.endsAt(event)) {
        return 0;
      }
      if (filter.wants(event)) {
        found.add(event);
      }
    }
    return page.getNextRevision();
  }

  private static ListEventsResponse page(ClusterClient cluster, ListEventsRequest request) {
    return cluster.read(request.getLocal(), stub -> stub.listEvents(request));
  }
}
