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
 * @param lastFailed session of whoever failed last; 0: nobody has
 * @param lastFailover revision at which another got the first of its leases
 * @param drained members that are drained, present or not
 */
public record Standing(
    @Nullable Pause pause,
    long flappingSince,
    List<Long> failovers,
    long lastFailed,
    long lastFailover,
    Map<String, Drain> drained) {
  /** Nothing has happened. */
  public static final Standing NORMAL = new Standing(null, 0, List.of(), 0, 0, Map.of());

  public Standing {
    failovers = List.copyOf(failovers);
    drained = Collections.unmodifiableSortedMap(new TreeMap<>(drained));
  }

  /** Whether the group waits for an operator's acknowledgement. */
  public boolean flapping() {
    return flappingSince != 0;
  }

  /**
   * Whether the loss of that lease belongs to the failover that was counted last: its session had
   * it already when the first of its leases went to another.
   */
  boolean hasCounted(long session, long epoch) {
    return session == lastFailed && epoch <= lastFailover;
  }

  Standing pause(@Nullable Pause next) {
    return new Standing(next, flappingSince, failovers, lastFailed, lastFailover, drained);
  }

  Standing flap(long revision) {
    return new Standing(pause, revision, failovers, lastFailed, lastFailover, drained);
  }

  Standing fail(long session, long revision) {
    return new Standing(pause, flappingSince, failovers, session, revision, drained);
  }

  Standing count(long revision) {
    List<Long> more = new ArrayList<>(failovers);
    more.add(revision);
    return new Standing(pause, flappingSince, more, lastFailed, lastFailover, drained);
  }

  Standing discount(long revision) {
    List<Long> fewer = failovers.stream().filter(f -> f != revision).toList();
    return new Standing(pause, flappingSince, fewer, lastFailed, lastFailover, drained);
  }

  Standing acknowledge() {
    return new Standing(pause, 0, List.of(), lastFailed, lastFailover, drained);
  }

  Standing drain(String member, @Nullable Drain drain) {
    Map<String, Drain> next = new TreeMap<>(drained);
    if (drain == null) {
      next.remove(member);
    } else {
      next.put(member, drain);
    }
    return new Standing(pause, flappingSince, failovers, lastFailed, lastFailover, next);
  }
}
