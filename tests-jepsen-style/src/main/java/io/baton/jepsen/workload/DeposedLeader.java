package io.baton.jepsen.workload;

import io.baton.jepsen.workload.Acknowledgements.Sent;
import io.baton.jepsen.workload.Answer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges what was answered around a time in which a leader was cut off from its peers, but not from
 * its clients. Pure.
 *
 * @param leader the one that was cut off
 * @param cutNanos nothing that was sent from here on reached its peers before
 * @param healNanos this
 */
public record DeposedLeader(String leader, long cutNanos, long healNanos) {
  /** One line for each broken promise. */
  public List<String> violations(List<Answer> answers) {
    List<String> violations = new ArrayList<>();
    for (Answer answer : answers) {
      if (isConfirmedAlone(answer)) {
        violations.add(
            "%s confirmed a %s that was sent %.1f ms after it was cut off"
                .formatted(leader, answer.kind(), sinceCut(answer.sentNanos())));
      }
      if (answer.isStale()) {
        violations.add(
            "%s read revision %d, %.1f ms after the cut, when %d had been acknowledged"
                .formatted(
                    answer.node(),
                    answer.revision(),
                    sinceCut(answer.sentNanos()),
                    answer.floor()));
      }
    }
    return violations;
  }

  /** How many requests of a kind it was sent while it was cut off. */
  public long sentMeanwhile(List<Sent> requests, Kind kind) {
    return requests.stream()
        .filter(r -> r.kind() == kind && r.node().equals(leader) && isMeanwhile(r.nanos()))
        .count();
  }

  /** The first command that was sent after the cut and confirmed before the end, by another. */
  public Optional<Answer> firstCommandElsewhere(List<Answer> answers) {
    return answers.stream()
        .filter(a -> a.kind() == Kind.COMMAND && !a.node().equals(leader))
        .filter(a -> isMeanwhile(a.sentNanos()) && a.answeredNanos() - healNanos < 0)
        .findFirst();
  }

  /** How long after the cut, in milliseconds. */
  public double sinceCut(long nanos) {
    return (nanos - cutNanos) / 1e6;
  }

  private boolean isConfirmedAlone(Answer answer) {
    return answer.node().equals(leader)
        && isMeanwhile(answer.sentNanos())
        && answer.answeredNanos() - healNanos < 0;
  }

  private boolean isMeanwhile(long nanos) {
    return nanos - cutNanos >= 0 && nanos - healNanos < 0;
  }
}
