package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.Lease;
import io.baton.agent.Readiness;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real agents of a group with hold-if-peers-agree, each with a scripted coordinator. */
@Timeout(60)
class PeersEndToEndTest {
  private static final String GROUP = "orders";
  private static final Duration LONGER_THAN_LEASE_AND_PROMISE = Duration.ofSeconds(4);

  private FakeCoordinator coordinatorOfA;
  private FakeCoordinator coordinatorOfB;
  private final RecordingListener listenerOfA = new RecordingListener();

  @BeforeEach
  void start() throws Exception {
    coordinatorOfA = new FakeCoordinator(1_000);
    coordinatorOfB = new FakeCoordinator(1_000);
    coordinatorOfA.onCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE);
    coordinatorOfB.onCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE);
  }

  @AfterEach
  void stop() throws Exception {
    coordinatorOfA.close();
    coordinatorOfB.close();
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static Agent agent(FakeCoordinator coordinator, String member, RecordingListener listener)
      throws IOException {
    return Agent.builder()
        .endpoints(coordinator.address())
        .group(GROUP)
        .member(member)
        .listener(listener)
        .readiness(Readiness.READY)
        .peers(freeAddress())
        .closeTimeout(Duration.ofSeconds(3))
        .start();
  }

  private static Peer peer(FakeCoordinator coordinator) {
    await().until(() -> coordinator.heard().stream().anyMatch(AgentMessage::hasJoin));
    return Peer.newBuilder()
        .setMember(coordinator.lastJoin().getMember())
        .setIncarnation(coordinator.lastJoin().getIncarnation())
        .setAddress(coordinator.lastJoin().getSite().getPeerAddress())
        .build();
  }

  /** A is active, and its coordinator falls silent. */
  private Lease cutOff(Agent a) throws InterruptedException {
    peer(coordinatorOfA);
    long epoch = coordinatorOfA.grant(GROUP);
    Lease lease = a.awaitActive(Duration.ofSeconds(5)).orElseThrow();
    await().until(() -> coordinatorOfA.heardStarted(epoch));
    coordinatorOfA.showPeers(GROUP, peer(coordinatorOfB));
    await()
        .until(
            () ->
                coordinatorOfA.heard().stream()
                    .anyMatch(m -> m.hasReport() && m.getReport().getPeersRevision() != 0));
    coordinatorOfA.fallSilent();
    return lease;
  }

  @Test
  void anActiveWorksOnWhileTheOtherPromisesAndNoLonger() throws Exception {
    try (Agent a = agent(coordinatorOfA, "a", listenerOfA)) {
      Agent b = agent(coordinatorOfB, "b", new RecordingListener());
      Lease lease = cutOff(a);

      await().during(LONGER_THAN_LEASE_AND_PROMISE).until(lease::isActive);
      lease.assertActive();
      b.close();

      await().until(() -> listenerOfA.calls().contains("passive DEADLINE"));
      assertThat(lease.isActive()).isFalse();
    }
  }

  @Test
  void whoIsGrantedTheLeaseBeginsWhenTheOtherHasStopped() throws Exception {
    AtomicBoolean together = new AtomicBoolean();
    try (Agent a = agent(coordinatorOfA, "a", listenerOfA)) {
      RecordingListener listenerOfB =
          new RecordingListener() {
            @Override
            public void onActive(Lease granted) throws Exception {
              together.set(a.lease().isPresent());
              super.onActive(granted);
            }
          };
      try (Agent b = agent(coordinatorOfB, "b", listenerOfB)) {
        Lease lease = cutOff(a);
        await().during(Duration.ofSeconds(2)).until(lease::isActive);

        coordinatorOfB.grant(GROUP);

        assertThat(b.awaitActive(Duration.ofSeconds(20))).isPresent();
        assertThat(together).isFalse();
        assertThat(lease.isActive()).isFalse();
      }
    }
  }

  @Test
  void whatOtherMachinesCanReachIsListenedOnOnlyWhereThatIsWanted() throws Exception {
    assertThatThrownBy(
            () ->
                Agent.builder()
                    .endpoints(coordinatorOfA.address())
                    .group(GROUP)
                    .member("a")
                    .peers("0.0.0.0:7100", "node-1:7100")
                    .start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("insecurePeers");
  }

  @Test
  void anAddressThatIsTakenIsSaidAtOnceAndNothingIsLeftBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  Agent.builder()
                      .endpoints(coordinatorOfA.address())
                      .group(GROUP)
                      .member("a")
                      .peers("127.0.0.1:" + taken.getLocalPort())
                      .start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
    assertThat(coordinatorOfA.heard()).isEmpty();
  }
}
