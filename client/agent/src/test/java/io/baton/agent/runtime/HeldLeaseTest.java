package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import io.baton.agent.Readiness;
import io.baton.agent.protocol.Reading;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lease is judged by the clock at each look, not by what any thread got round to. */
@Timeout(30)
class HeldLeaseTest {
  /** Stands still unless moved. */
  private static final class ManualClock implements AgentClock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    @Override
    public long nanos() {
      return nanos.get();
    }

    @Override
    public Reading reading() {
      return new Reading(nanos.get(), 0);
    }
  }

  @Test
  void assertActiveThrowsAfterTheDeadlineWithoutAnyThreadRunning() throws Exception {
    ManualClock clock = new ManualClock();
    RecordingListener listener = new RecordingListener();
    try (FakeCoordinator coordinator = new FakeCoordinator(1_000);
        AgentRuntime runtime = new AgentRuntime(4, clock);
        Agent agent =
            Agent.builder()
                .endpoints(coordinator.address())
                .group("g")
                .member("m")
                .listener(listener)
                .readiness(Readiness.READY)
                .runtime(runtime)
                .start()) {
      await().until(() -> coordinator.heard().stream().anyMatch(m -> m.hasJoin()));
      coordinator.grant("g");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();
      lease.assertActive();
      assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(740));
      runtime.watchdog().close();

      clock.nanos.addAndGet(739_999_999);
      lease.assertActive();
      clock.nanos.addAndGet(1);

      assertThatThrownBy(lease::assertActive).isInstanceOf(NotActiveException.class);
      assertThat(lease.remaining()).isZero();
      assertThat(listener.calls()).hasSize(1);
    }
  }
}
