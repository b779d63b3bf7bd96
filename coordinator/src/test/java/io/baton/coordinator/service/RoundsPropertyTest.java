package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Rules 1 and 2 under any interleaving of requests, commits, failures and changes of leader. */
final class RoundsPropertyTest {
  private static final long GATHER_NANOS = 5;

  /** What may happen next. */
  enum Step {
    COMMAND,
    READ,
    RENEWAL,
    PROPOSE,
    IDLE,
    COMMIT,
    FAIL,
    LOSE_LEADERSHIP,
    COMMIT_WHAT_WAS_GIVEN_UP,
    FOREIGN_ROUND
  }

  @Property(tries = 500)
  void everyRequestIsAnsweredExactlyOnceAndNoneTooEarly(
      @ForAll @Size(min = 1, max = 200) List<Step> steps) {
    History history = new History();
    steps.forEach(history::take);
    history.end();
    assertThat(history.commands).noneMatch(RecordedReply::open);
    assertThat(history.reads).noneMatch(RecordedReply::open);
  }

  /** One run. A reply that is answered twice fails by itself. */
  private static final class History {
    final List<RecordedReply<Outcome>> commands = new ArrayList<>();
    final List<RecordedReply<Long>> reads = new ArrayList<>();
    private final MemoryLog log = new MemoryLog();
    private final Rounds rounds = new Rounds(new UUID(0, 1), log, () -> 0);
    private final ClusterState state = ClusterState.empty();
    private final ArrayDeque<Round> givenUp = new ArrayDeque<>();
    private final Map<Long, Integer> proposedBeforeRead = new HashMap<>();
    private long now;
    private long foreign;
    private long applying = -1;

    void take(Step step) {
      now++;
      switch (step) {
        case COMMAND -> command();
        case READ -> read();
        case RENEWAL -> rounds.renew(new Renewal(now % 3, now), now);
        case PROPOSE -> rounds.propose(now, GATHER_NANOS);
        case IDLE -> rounds.proposeIfIdle(now, 3);
        case COMMIT -> commit();
        case FAIL -> fail();
        case LOSE_LEADERSHIP -> loseLeadership();
        case COMMIT_WHAT_WAS_GIVEN_UP -> commitGivenUp();
        case FOREIGN_ROUND ->
            apply(new Round(new RoundId(new UUID(0, 2), ++foreign), 0, List.of(), List.of()));
      }
      assertThat(log.waiting).hasSizeLessThanOrEqualTo(Rounds.MAX_IN_FLIGHT);
      assertThat(log.waiting.isEmpty() || rounds.oldestUnappliedNanos(now + 1) > 0).isTrue();
    }

    private void command() {
      RecordedReply<Outcome> reply = new RecordedReply<>();
      commands.add(reply);
      rounds.submit(Request.of(new Command.OpenSession("agent-" + commands.size())), reply);
    }

    private void read() {
      RecordedReply<Long> reply = new RecordedReply<>();
      long number = reads.size();
      reads.add(reply);
      proposedBeforeRead.put(number, log.proposed.size());
      rounds.read(
          () -> {
            assertThat(applying)
                .as("sequence of the round that answers")
                .isGreaterThan(proposedBeforeRead.getOrDefault(number, 0));
            reply.answer(state.revision());
          },
          reply::refuse);
    }

    private void commit() {
      if (!log.waiting.isEmpty()) {
        apply(log.waiting.remove());
      }
    }

    private void fail() {
      if (!log.waiting.isEmpty()) {
        Round lost = log.waiting.removeLast();
        givenUp.add(lost);
        rounds.failed(lost.id(), LeaderHint.NONE);
      }
    }

    private void loseLeadership() {
      givenUp.addAll(log.waiting);
      log.waiting.clear();
      rounds.abandon(LeaderHint.NONE);
    }

    private void commitGivenUp() {
      if (!givenUp.isEmpty()) {
        apply(givenUp.remove());
      }
    }

    private void apply(Round round) {
      long before = state.revision();
      applying = round.id().proposer().equals(new UUID(0, 1)) ? round.id().sequence() : -1;
      Rounds.Answers answers = rounds.applied(state.apply(round));
      assertThat(state.revision()).isEqualTo(before + round.requests().size());
      if (answers != null) {
        answers.answerReads();
        answers.answerRequests();
      }
    }

    void end() {
      take(Step.PROPOSE);
      while (!log.waiting.isEmpty()) {
        take(Step.COMMIT);
        take(Step.PROPOSE);
      }
    }
  }
}
