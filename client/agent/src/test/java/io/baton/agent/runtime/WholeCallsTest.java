package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.Readiness;
import io.baton.agent.Role;
import io.baton.agent.ShardListener;
import io.baton.agent.protocol.Reading;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorLoss;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call for several leases is made for all of them that have not ended, however long the process
 * is held up on its way to the listener. The deadline is 740 ms away.
 */
@Timeout(30)
class WholeCallsTest {
  /** Stands still, but for one leap when a callback's thread looks for the second time. */
  private static final class LeapingClock implements AgentClock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean armed;

    @Override
    public long nanos() {
      boolean calling = Thread.currentThread().getName().startsWith("baton-callback");
      if (armed && calling && looks.incrementAndGet() == 2) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      }
      return nanos.get();
    }

    @Override
    public Reading reading() {
      return new Reading(nanos.get(), 0);
    }
  }

  private static final class Shards implements ShardListener {
    final List<List<Integer>> assigned = new CopyOnWriteArrayList<>();
    final List<List<Integer>> revoked = new CopyOnWriteArrayList<>();

    @Override
    public void onAssigned(List<Lease> leases) {
      assigned.add(leases.stream().map(Lease::slot).toList());
    }

    @Override
    public void onRevoked(List<Lease> leases, Cause cause) {
      revoked.add(leases.stream().map(Lease::slot).toList());
    }
  }

  private final LeapingClock clock = new LeapingClock();
  private final Shards shards = new Shards();

  @Test
  void whatIsHeldUnconfirmedIsAssignedWithTheRest() throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator(1_000);
        AgentRuntime runtime = new AgentRuntime(4, clock);
        Agent agent = start(coordinator, runtime)) {
      coordinator.onCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED);
      long first = grantThree(coordinator);

      await().until(() -> coordinator.heardStarted(first + 2));

      assertThat(agent.role("g")).isEqualTo(Role.ACTIVE);
      assertThat(shards.assigned).containsExactly(List.of(0, 1, 2));
    }
  }

  @Test
  void whatTheDeadlineOvertakesOnTheWayIsNotAssignedInPart() throws Exception {
    try (FakeCoordinator coordinator = new FakeCoordinator(1_000);
        AgentRuntime runtime = new AgentRuntime(4, clock);
        Agent agent = start(coordinator, runtime)) {
      runtime.watchdog().close();
      long first = grantThree(coordinator);

      await().until(() -> coordinator.heardStopped(first + 2));

      assertThat(agent.leases("g")).isEmpty();
      assertThat(shards.assigned).isEmpty();
      assertThat(shards.revoked).isEmpty();
    }
  }

  private Agent start(FakeCoordinator coordinator, AgentRuntime runtime) {
    return Agent.builder()
        .endpoints(coordinator.address())
        .group("g")
        .member("m")
        .shards(shards)
        .readiness(Readiness.READY)
        .runtime(runtime)
        .closeTimeout(Duration.ofSeconds(1))
        .start();
  }

  private long grantThree(FakeCoordinator coordinator) {
    await().until(() -> coordinator.heard().stream().anyMatch(AgentMessage::hasJoin));
    clock.armed = true;
    return coordinator.grantSlots("g", 3);
  }
}
