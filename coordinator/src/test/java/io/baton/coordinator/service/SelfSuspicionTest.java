package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.service.SelfSuspicion.Verdict;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rule 10, second half: who loses most sessions at once doubts itself first. */
final class SelfSuspicionTest {
  private static final long TTL = TimeUnit.SECONDS.toNanos(5);
  private static final long ELECTION_MILLIS = 600;
  private static final long ELECTION = TimeUnit.MILLISECONDS.toNanos(ELECTION_MILLIS);

  private final SelfSuspicion suspicion = new SelfSuspicion(ELECTION_MILLIS);

  private void renewed(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(suspicion::renewed);
  }

  private static Set<Long> sessions(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
  }

  private Verdict judge(Set<Long> silent, long now) {
    return suspicion.judge(silent, now, TTL, now);
  }

  @Test
  void rule10_moreThanHalfAndAtLeastTenAreAnIncident() {
    renewed(1, 19);
    assertThat(judge(sessions(1, 9), 0)).isEqualTo(Verdict.EXPIRE);
    assertThat(judge(sessions(1, 10), 0)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_exactlyHalfIsNone() {
    renewed(1, 20);
    assertThat(judge(sessions(1, 10), 0)).isEqualTo(Verdict.EXPIRE);
    assertThat(judge(sessions(1, 11), 0)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_nineOfNineAreNone() {
    renewed(1, 9);
    assertThat(judge(sessions(1, 9), 0)).isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_sessionsThatNeverRenewedInThisTermDontCount() {
    renewed(1, 5);
    assertThat(judge(sessions(1, 50), 0)).isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_lossesCountTogetherWithinOneTtlOnly() {
    renewed(1, 12);
    assertThat(judge(sessions(1, 6), 0)).isEqualTo(Verdict.EXPIRE);
    assertThat(judge(sessions(7, 12), TTL + 1)).isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_itWaitsForTheTransferAndExpiresWhenThatFails() {
    renewed(1, 12);
    assertThat(judge(sessions(1, 12), 0)).isEqualTo(Verdict.SUSPECT);
    assertThat(judge(sessions(1, 12), ELECTION)).isEqualTo(Verdict.WAIT);
    assertThat(judge(sessions(1, 12), ELECTION + 1)).isEqualTo(Verdict.EXPIRE);
    assertThat(judge(sessions(1, 12), ELECTION + 2))
        .as("once an incident")
        .isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_whoLeadsByASuspectsTransferExpiresNormally() {
    suspicion.begin(true);
    renewed(1, 12);
    assertThat(judge(sessions(1, 12), 0)).isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_whoLeadsByASuspectsTransferDoubtsItselfInALaterIncident() {
    suspicion.begin(true);
    renewed(1, 12);
    assertThat(judge(sessions(1, 12), 100 * TTL)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_aNewTermDoubtsItselfAnew() {
    renewed(1, 12);
    judge(sessions(1, 12), 0);
    judge(sessions(1, 12), ELECTION + 1);
    suspicion.begin(false);
    renewed(1, 12);
    assertThat(judge(sessions(1, 12), ELECTION + 2)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_aSecondIncidentIsDoubtedAsTheFirstWas() {
    renewed(1, 12);
    assertThat(judge(sessions(1, 12), 0)).isEqualTo(Verdict.SUSPECT);
    renewed(1, 12);
    assertThat(judge(Set.of(), 1)).as("all are back").isEqualTo(Verdict.EXPIRE);
    assertThat(judge(sessions(1, 12), 100 * TTL)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_anIncidentThatExpiredItsSessionsDoesntExcuseTheNext() {
    renewed(1, 12);
    judge(sessions(1, 12), 0);
    assertThat(judge(sessions(1, 12), ELECTION + 1)).isEqualTo(Verdict.EXPIRE);
    LongStream.rangeClosed(1, 12).forEach(s -> suspicion.ended(s, true));
    renewed(21, 40);
    assertThat(judge(sessions(21, 40), 100 * TTL)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void rule10_nobodyIsSuspectedWhileNobodyIsSilent() {
    renewed(1, 25);
    assertThat(judge(sessions(1, 10), 0)).isEqualTo(Verdict.EXPIRE);
    LongStream.rangeClosed(1, 10).forEach(s -> suspicion.ended(s, true));
    LongStream.rangeClosed(11, 20).forEach(s -> suspicion.ended(s, false));
    assertThat(judge(Set.of(), 1)).isEqualTo(Verdict.EXPIRE);
  }

  @Test
  void rule10_sessionsThatLeftInGoodOrderAreNotLost() {
    renewed(1, 20);
    judge(sessions(1, 9), 0);
    LongStream.rangeClosed(1, 9).forEach(s -> suspicion.ended(s, false));
    assertThat(judge(sessions(10, 14), 1)).isEqualTo(Verdict.EXPIRE);
  }
}
