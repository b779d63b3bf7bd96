package io.baton.agent.runtime;

import static io.baton.agent.Readiness.READY;
import static io.baton.agent.Readiness.SYNCING;
import static io.baton.agent.Readiness.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.Readiness;
import io.baton.agent.health.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worst of the service's word, its checks and its resync counts. */
final class FitnessTest {
  @ParameterizedTest
  @CsvSource({
    "READY,     WELL,    false, READY,     said",
    "READY,     WELL,    true,  SYNCING,   is catching up",
    "READY,     UNKNOWN, false, SYNCING,   checks",
    "READY,     UNKNOWN, true,  SYNCING,   is catching up",
    "READY,     ILL,     false, UNHEALTHY, checks",
    "READY,     ILL,     true,  UNHEALTHY, checks",
    "SYNCING,   WELL,    false, SYNCING,   said",
    "SYNCING,   UNKNOWN, true,  SYNCING,   said",
    "SYNCING,   ILL,     false, UNHEALTHY, checks",
    "UNHEALTHY, WELL,    false, UNHEALTHY, said",
    "UNHEALTHY, ILL,     true,  UNHEALTHY, said",
  })
  void toldIs(Readiness said, Verdict.State checks, boolean resyncing, Readiness told, String why) {
    Fitness fitness =
        new Fitness(SYNCING, "", Verdict.WELL, false)
            .said(said, "said")
            .checks(new Verdict(checks, "checks"))
            .resyncing(resyncing);

    assertThat(fitness.told()).isEqualTo(new Fitness.Told(told, why));
    assertThat(told).isIn(READY, SYNCING, UNHEALTHY);
  }
}
