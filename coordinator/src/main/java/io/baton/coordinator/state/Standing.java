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
 * @param drained members that are drained, present or not
 */
public record Standing(
    @Nullable Pause pause, long flappingSince, List<Long> failovers, Map<String, Drain> drained) {
  /** Nothing has happened. */
  public static final Standing NORMAL = new Standing(null, 0, List.of(), Map.of());

  public Standing {
    failovers = List.copyOf(failovers);
    drained = Collections.unmodifiableSortedMap(new TreeMap<>(drained));
  }

  /** Whether the group waits for an operator's acknowledgement. */
  public boolean flapping() {
    return flappingSince != 0;
  }

  Standing pause(@Nullable Pause next) {
    return new Standing(next, flappingSince, failovers, drained);
  }

  Standing flap(long revision) {
    return new Standing(pause, revision, failovers, drained);
  }

  Standing count(long revision) {
    List<Long> more = new ArrayList<>(failovers);
    more.add(revision);
    return new Standing(pause, flappingSince, more, drained);
  }

  Standing discount(long revision) {
    return new Standing(
        pause, flappingSince, failovers.stream().filter(f -> f != revision).toList(), drained);
  }

  Standing acknowledge() {
    return new Standing(pause, 0, List.of(), drained);
  }

  Standing drain(String member, @Nullable Drain drain) {
    Map<String, Drain> next = new TreeMap<>(drained);
    if (drain == null) {
      next.remove(member);
    } else {
      next.put(member, drain);
    }
    return new Standing(pause, flappingSince, failovers, next);
  }
}
