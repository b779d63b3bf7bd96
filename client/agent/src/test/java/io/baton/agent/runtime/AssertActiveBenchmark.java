package io.baton.agent.runtime;

import io.baton.agent.Agent;
import io.baton.agent.Lease;
import io.baton.agent.Readiness;
import java.time.Duration;

/** Prints what one look at a lease costs. Run by hand: it measures, it judges nothing. */
final class AssertActiveBenchmark {
  private static final int CALLS = 500_000;

  private AssertActiveBenchmark() {}

  public static void main(String[] args) throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator(5_000);
        Agent agent =
            Agent.builder()
                .endpoints(coordinator.address())
                .group("g")
                .member("m")
                .readiness(Readiness.READY)
                .start()) {
      while (coordinator.heard().stream().noneMatch(m -> m.hasJoin())) {
        Thread.onSpinWait();
      }
      coordinator.grant("g");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();
      for (int round = 1; round <= 5; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
          lease.assertActive();
        }
        System.out.printf(
            "round %d: %d ns per assertActive%n", round, (System.nanoTime() - start) / CALLS);
      }
    }
  }
}
