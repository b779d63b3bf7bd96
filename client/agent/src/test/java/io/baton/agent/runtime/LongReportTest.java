package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.Readiness;
import io.baton.agent.ShardListener;
import io.baton.agent.protocol.StreamEnd;
import io.baton.proto.v1.AgentMessage;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coordinator takes 256 KB in one message, and ends a stream that brings more. */
@Timeout(30)
class LongReportTest {
  private static final int SLOTS = 1_024;

  @Test
  void whatFailsForManySlotsIsSaidOfEachOnOneStream() throws Exception {
    ShardListener failing =
        new ShardListener() {
          @Override
          public void onAssigned(List<Lease> leases) {
            throw new IllegalStateException("x".repeat(600));
          }

          @Override
          public void onRevoked(List<Lease> leases, Cause cause) {}
        };
    try (FakeCoordinator coordinator = new FakeCoordinator(5_000);
        Agent agent =
            Agent.builder()
                .endpoints(coordinator.address())
                .group("g")
                .member("m")
                .shards(failing)
                .readiness(Readiness.READY)
                .start()) {
      await().until(() -> coordinator.heard().stream().anyMatch(AgentMessage::hasJoin));
      coordinator.grantSlots("g", SLOTS);

      await().until(() -> coordinator.heardLapsed() == SLOTS);

      assertThat(agent.isConnected()).isTrue();
      assertThat(coordinator.heard().stream().filter(AgentMessage::hasOpen)).hasSize(1);
    }
  }

  @Test
  void aStreamThatWasTooMuchIsToldFromABrokenOne() {
    assertThat(FromWire.streamEnd(Status.RESOURCE_EXHAUSTED.withDescription("too large"), null))
        .isEqualTo(new StreamEnd.Overloaded("RESOURCE_EXHAUSTED too large"));
    assertThat(FromWire.streamEnd(Status.UNAVAILABLE, null)).isInstanceOf(StreamEnd.Broken.class);
  }
}
