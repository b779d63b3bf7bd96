package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What operators and failures have made of a group, beside its spec.
 *
 * @param pause null: not paused
 * @param flappingSince revision at which it used up its flap budget; 0: it has not
 * @param failovers revisions of those that count against the budget
 * @param counted whose failover has counted and is not over: by session, the revision at which the
 *     first of its leases was granted anew
 * @param drained members that are drained, present or not
 * @param withheld what was only observed; nothing where failover is of another kind
 */
public record Standing(
    @Nullable Pause pause,
    long flappingSince,
    List<Long> failovers,
    Map<Long, Long> counted,
    Map<String, Drain> drained,
    Withheld withheld) {
  /** Nothing has happened. */
  public static final Standing NORMAL =
      new Standing(null, 0, List.of(), Map.of(), Map.of(), Withheld.NONE);

  public Standing {
    failovers = List.copyOf(failovers);
    counted = Collections.unmodifiableSortedMap(new TreeMap<>(counted));
    drained = Collections.unmodifiableSortedMap(new TreeMap<>(drained));
  }

  /** Whether the group waits for an operator's acknowledgement. */
  public boolean flapping() {
    return flappingSince != 0;
  }

  /**
   * Whether the loss of that lease belongs to a failover that has counted: its session had it
   * already when the first of its leases was granted anew.
   */
  boolean hasCounted(long session, long epoch) {
    return epoch < counted.getOrDefault(session, 0L);
  }

  Standing pause(@Nullable Pause next) {
    return new Standing(next, flappingSince, failovers, counted, drained, withheld);
  }

  Standing flap(long revision) {
    return new Standing(pause, revision, failovers, counted, drained, withheld);
  }

  /** The failover of that session has begun to count. */
  Standing begin(long session, long revision) {
    Map<Long, Long> more = new TreeMap<>(counted);
    more.put(session, revision);
    return new Standing(pause, flappingSince, failovers, more, drained, withheld);
  }

  /** The failover of that session is over; its next one is another. */
  Standing end(long session) {
    Map<Long, Long> fewer = new TreeMap<>(counted);
    fewer.remove(session);
    return new Standing(pause, flappingSince, failovers, fewer, drained, withheld);
  }

  Standing count(long revision) {
    List<Long> more = new ArrayList<>(failovers);
    more.add(revision);
    return new Standing(pause, flappingSince, more, counted, drained, withheld);
  }

  Standing discount(long revision) {
    List<Long> fewer = failovers.stream().filter(f -> f != revision).toList();
    return new Standing(pause, flappingSince, fewer, counted, drained, withheld);
  }

  Standing acknowledge() {
    return new Standing(pause, 0, List.of(), counted, drained, withheld);
  }

  Standing drain(String member, @Nullable Drain drain) {
    Map<String, Drain> next = new TreeMap<>(drained);
    if (drain == null) {
      next.remove(member);
    } else {
      next.put(member, drain);
    }
    return new Standing(pause, flappingSince, failovers, counted, next, withheld);
  }

  Standing withhold(Withheld next) {
    return new Standing(pause, flappingSince, failovers, counted, drained, next);
  }
}
