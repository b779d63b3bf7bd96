package io.baton.jepsen.checker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether who is granted a lease is further behind than {@code max_lag}: than what other candidates
 * had said, as the grant tells, and than its last holder had, as the start tells. An operator may
 * name somebody who is. One thread.
 */
final class Lags {
  private final Map<SlotName, Long> positions = new HashMap<>();

  /** How far behind the furthest of the candidates the chosen one is; 0: that may be so. */
  long granted(Change grant, boolean ordered) {
    Optional<Change.Candidate> chosen = grant.chosen().filter(c -> isBound(c, ordered));
    if (chosen.isEmpty()) {
      positions.remove(grant.name());
      return 0;
    }
    long position = chosen.get().position();
    positions.put(grant.name(), position);
    return grant.candidates().stream().mapToLong(Change.Candidate::position).max().orElse(0)
        - position;
  }

  private static boolean isBound(Change.Candidate chosen, boolean ordered) {
    return switch (chosen.rule()) {
      case "LEAST_BAD" -> false;
      case "TARGET" -> !ordered;
      default -> true;
    };
  }

  /** How far behind the last holder the new one was; 0 or less: not at all. */
  long started(Change start) {
    Long position = positions.remove(start.name());
    return position == null ? 0 : start.position() - position;
  }

  /** Nothing is known any more. */
  void forget() {
    positions.clear();
  }
}
