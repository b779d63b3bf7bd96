package io.baton.coordinator.service;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a leader that commits nothing should step down (⚠ rule 10, first half): when no majority
 * answers it, or when the disks of a majority have what its own has not. A disk that stalls on all
 * of them is no reason: no other leader would do better.
 */
final class StepDown {
  private final long electionMillisMax;

  StepDown(long electionMillisMax) {
    this.electionMillisMax = electionMillisMax;
  }

  /** Whether the oldest round in flight is old enough to ask at all. */
  boolean suspicious(long oldestUnappliedNanos) {
    return oldestUnappliedNanos > TimeUnit.MILLISECONDS.toNanos(electionMillisMax);
  }

  /** The reason to step down, if there is one. Ask only when {@link #suspicious}. */
  Optional<String> reason(LogStatus log) {
    if (log.role() != LogStatus.Role.LEADER) {
      return Optional.empty();
    }
    long voters = 1 + log.peers().stream().filter(LogStatus.Peer::voter).count();
    long majority = voters / 2 + 1;
    long answering =
        1
            + log.peers().stream()
                .filter(p -> p.voter() && p.silentMillis() >= 0)
                .filter(p -> p.silentMillis() <= electionMillisMax)
                .count();
    if (answering < majority) {
      return Optional.of("no majority answers: " + answering + " of " + voters);
    }
    long ahead =
        log.peers().stream().filter(p -> p.voter() && p.matchIndex() > log.flushedIndex()).count();
    return ahead >= majority
        ? Optional.of("its own disk stalls at " + log.flushedIndex() + " while others go on")
        : Optional.empty();
  }
}
