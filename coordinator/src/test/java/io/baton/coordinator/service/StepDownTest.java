package io.baton.coordinator.service;

import static io.baton.coordinator.service.MemoryLog.peer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 10, first half: a leader that can't commit steps down, if another could. */
final class StepDownTest {
  private final StepDown stepDown = new StepDown(600);

  private static LogStatus leader(long flushed, LogStatus.Peer... peers) {
    return new LogStatus(LogStatus.Role.LEADER, 3, "a", 0, 0, flushed, List.of(peers));
  }

  @Test
  void rule10_itAsksOnceNoRoundCommittedForAMaximumElectionTimeout() {
    assertThat(stepDown.suspicious(TimeUnit.MILLISECONDS.toNanos(600))).isFalse();
    assertThat(stepDown.suspicious(TimeUnit.MILLISECONDS.toNanos(600) + 1)).isTrue();
  }

  @Test
  void rule10_itStepsDownWhereNoMajorityAnswers() {
    assertThat(stepDown.reason(leader(9, peer("b", 9, 601), peer("c", 9, 2_000))))
        .hasValueSatisfying(why -> assertThat(why).contains("no majority answers: 1 of 3"));
    assertThat(stepDown.reason(leader(9, peer("b", 9, -1), peer("c", 9, -1)))).isPresent();
  }

  @Test
  void rule10_oneOfTwoPeersIsEnough() {
    assertThat(stepDown.reason(leader(9, peer("b", 9, 600), peer("c", 9, 2_000)))).isEmpty();
  }

  @Test
  void rule10_itStepsDownWhereTheDisksOfAMajorityHavePassedItsOwn() {
    assertThat(stepDown.reason(leader(9, peer("b", 10, 0), peer("c", 10, 0))))
        .hasValueSatisfying(why -> assertThat(why).contains("disk stalls at 9"));
  }

  @Test
  void rule10_oneDiskAheadIsNoMajority() {
    assertThat(stepDown.reason(leader(9, peer("b", 10, 0), peer("c", 9, 0)))).isEmpty();
  }

  @Test
  void rule10_aDiskThatStallsOnAllThreeIsNoReason() {
    assertThat(stepDown.reason(leader(9, peer("b", 9, 0), peer("c", 9, 0)))).isEmpty();
  }

  @Test
  void rule10_thoseWithoutAVoteDontCount() {
    LogStatus.Peer listener = new LogStatus.Peer("d", "d:1", false, 10, 0);
    assertThat(stepDown.reason(leader(9, peer("b", 10, 0), peer("c", 9, 0), listener))).isEmpty();
    assertThat(stepDown.reason(leader(9, peer("b", 10, 0), peer("c", 10, 0), listener)))
        .isPresent();
    assertThat(stepDown.reason(leader(9, peer("b", 9, 999), peer("c", 9, 999), listener)))
        .isPresent();
  }

  @Test
  void aSingleCoordinatorIsItsOwnMajority() {
    assertThat(stepDown.reason(leader(9))).isEmpty();
  }

  @Test
  void aFollowerHasNothingToStepDownFrom() {
    LogStatus follower = new LogStatus(LogStatus.Role.FOLLOWER, 3, "b", 0, 0, 9, List.of());
    assertThat(stepDown.reason(follower)).isEmpty();
  }
}
