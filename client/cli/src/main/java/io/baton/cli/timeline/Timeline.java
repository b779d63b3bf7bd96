package io.baton.cli.timeline;

import io.baton.proto.v1.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The roles of a group's members over time, as history tells them.
 *
 * @param history what it was made from
 * @param toMillis where it ends
 * @param rows by member id
 * @param changes of the actives, the oldest first
 * @param severalSlots whether more than one slot was seen
 */
public record Timeline(
    History history,
    long toMillis,
    SortedMap<String, Row> rows,
    List<ActiveChange> changes,
    boolean severalSlots) {

  /**
   * What is left of the cluster's history.
   *
   * @param events of the group and the cluster at least, the oldest first; of other groups they
   *     count for how far back it reaches
   * @param compactedRevision events at or below it are gone
   * @param hosts where members run, by member id, as far as known: a host may be drained
   */
  public record History(
      String group, List<Event> events, long compactedRevision, Map<String, String> hosts) {
    public History {
      events = List.copyOf(events);
      hosts = Map.copyOf(hosts);
    }

    /** Whether nothing of the group's is missing. */
    boolean complete() {
      return compactedRevision == 0
          || ofGroup().anyMatch(event -> event.getType().equals("GROUP_CREATED"));
    }

    /** Whether any event is the group's. */
    public boolean knowsGroup() {
      return ofGroup().findAny().isPresent();
    }

    /** The group's own. */
    public Stream<Event> ofGroup() {
      return events.stream().filter(event -> event.getGroup().equals(group));
    }

    /** When the oldest event happened; 0: there is none. */
    long begin() {
      return events.isEmpty() ? 0 : events.get(0).getAtMillis();
    }
  }

  /** One member: what it was, from where history begins, and how many slots it holds at the end. */
  record Row(List<Span> spans, int slotsHeld) {
    /** Whether it was a member at all within the given time. */
    boolean wasThere(long from, long to) {
      return spans.stream()
          .filter(span -> span.state() != MemberState.GONE && span.state() != MemberState.ABSENT)
          .anyMatch(span -> span.within(from, to) > 0);
    }

    /** What it was for the longest part of the given time; of equal parts the later. */
    MemberState mostly(long from, long to, MemberState outside) {
      Map<MemberState, Long> parts = new EnumMap<>(MemberState.class);
      spans.forEach(span -> parts.merge(span.state(), span.within(from, to), Long::sum));
      MemberState most = outside;
      long longest = 0;
      for (Span span : spans) {
        long part = parts.getOrDefault(span.state(), 0L);
        if (span.within(from, to) > 0 && part >= longest) {
          longest = part;
          most = span.state();
        }
      }
      return most;
    }
  }

  /**
   * Made from history alone.
   *
   * @param nowMillis by the reader's clock; what happened later by the coordinators' is not cut off
   */
  public static Timeline of(History history, long nowMillis) {
    Replay replay = new Replay(history);
    long to = Math.max(nowMillis, replay.now());
    return new Timeline(history, to, replay.rows(to), replay.changes(to), replay.hasSeveralSlots());
  }
}
