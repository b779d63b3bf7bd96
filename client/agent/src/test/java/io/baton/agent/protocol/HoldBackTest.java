package io.baton.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** For how long a member is no candidate, and as what it is shown meanwhile. */
class HoldBackTest {
  private final HoldBack holdBack = new HoldBack();

  @Test
  void whoResignsIsShownAsCatchingUpForASecond() {
    holdBack.resigned(0);

    assertThat(shownAt(0)).isEqualTo(Readiness.SYNCING);
    assertThat(shownAt(1)).isEqualTo(Readiness.READY);
  }

  @Test
  void aResignationDoesNotHideAFailureWhoseDelayRuns() {
    holdBack.failed(0, 0);
    holdBack.resigned(Times.SECOND / 2);

    assertThat(shownAt(1)).isEqualTo(Readiness.UNHEALTHY);
    assertThat(shownAt(2)).isEqualTo(Readiness.READY);
  }

  private Readiness shownAt(long seconds) {
    return holdBack.apply(Readiness.READY, seconds * Times.SECOND);
  }
}
