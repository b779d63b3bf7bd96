package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.ActiveTask;
import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import io.baton.agent.Readiness;
import io.baton.agent.Role;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Cause;
import io.baton.proto.v1.CoordinatorAddress;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.LapseCause;
import io.baton.proto.v1.LeaderHint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real agent against a scripted coordinator. */
@Timeout(30)
class AgentEndToEndTest {
  private static final long TTL_MILLIS = 1_000;

  private FakeCoordinator coordinator;
  private final RecordingListener listener = new RecordingListener();

  @BeforeEach
  void start() throws Exception {
    coordinator = new FakeCoordinator(TTL_MILLIS);
  }

  @AfterEach
  void stop() throws Exception {
    coordinator.close();
  }

  private AgentBuilder builder() {
    return Agent.builder()
        .endpoints(coordinator.address())
        .group("orders")
        .member("a")
        .listener(listener)
        .readiness(Readiness.READY)
        .closeTimeout(Duration.ofSeconds(3));
  }

  private void awaitJoined() {
    await().until(() -> coordinator.heard().stream().anyMatch(AgentMessage::hasJoin));
  }

  @Test
  void aGrantIsStartedARevocationStoppedAndBothAreSaid() throws Exception {
    try (Agent agent = builder().start()) {
      awaitJoined();
      long epoch = coordinator.grant("orders");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();
      assertThat(lease.epoch()).isEqualTo(epoch);
      lease.assertActive();
      assertThat(agent.role()).isEqualTo(Role.ACTIVE);
      await().until(() -> coordinator.heardStarted(epoch));

      coordinator.revoke("orders", Cause.CAUSE_SWITCHOVER);

      await().until(() -> coordinator.heardStopped(epoch));
      assertThat(listener.calls()).containsExactly("active " + epoch, "passive SWITCHOVER");
      assertThatThrownBy(lease::assertActive).isInstanceOf(NotActiveException.class);
      assertThat(agent.role()).isEqualTo(Role.PASSIVE);
    }
  }

  @Test
  void aResignationSaysWhy() throws Exception {
    try (Agent agent = builder().start()) {
      awaitJoined();
      long epoch = coordinator.grant("orders");
      assertThat(agent.awaitActive(Duration.ofSeconds(5))).isPresent();

      agent.resign("orders", "exit code 137: out of memory");

      await().until(() -> coordinator.heardStopped(epoch));
      assertThat(coordinator.heard().stream().flatMap(m -> m.getReport().getLapsedList().stream()))
          .allSatisfy(
              lapse -> {
                assertThat(lapse.getCause()).isEqualTo(LapseCause.LAPSE_CAUSE_RESIGNED);
                assertThat(lapse.getDetail()).isEqualTo("exit code 137: out of memory");
              })
          .isNotEmpty();
    }
  }

  @Test
  void withoutAnyAnswerTheWatchdogEndsTheLeaseAtItsDeadline() throws Exception {
    try (Agent agent = builder().start()) {
      awaitJoined();
      long epoch = coordinator.grant("orders");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();

      coordinator.fallSilent();

      await().until(() -> listener.calls().contains("passive DEADLINE"));
      assertThat(lease.isActive()).isFalse();
      coordinator.speakAgain();
      await().until(() -> coordinator.heardStopped(epoch));
    }
  }

  @Test
  void anActiveWorksOnUnconfirmedWhereItsGroupFences() throws Exception {
    coordinator.onCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED);
    try (Agent agent = builder().start()) {
      awaitJoined();
      coordinator.grant("orders");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();

      coordinator.fallSilent();
      await().until(() -> !lease.isActive());

      lease.assertHeld();
      assertThat(agent.role()).isEqualTo(Role.ACTIVE);
      assertThat(agent.leases()).isEmpty();
      assertThat(agent.owns(0)).isFalse();
      assertThatThrownBy(() -> agent.assertOwns(0))
          .hasMessageContaining("epoch " + lease.epoch())
          .isInstanceOfSatisfying(
              NotActiveException.class, e -> assertThat(e.isUnconfirmed()).isTrue());
      assertThatThrownBy(lease::assertActive)
          .isInstanceOfSatisfying(
              NotActiveException.class, e -> assertThat(e.isUnconfirmed()).isTrue());
      assertThat(listener.calls()).hasSize(1);

      coordinator.speakAgain();
      await().until(lease::isActive);
      coordinator.fallSilent();
      await().until(() -> !lease.isActive());
      coordinator.endSession();
      coordinator.speakAgain();

      await().until(() -> listener.calls().contains("passive LOST"));
      assertThatThrownBy(lease::assertHeld)
          .isInstanceOfSatisfying(
              NotActiveException.class, e -> assertThat(e.isUnconfirmed()).isFalse());
      assertThat(agent.role()).isEqualTo(Role.PASSIVE);
    }
  }

  /** The coordinators fall silent during onActive, and speak again after it has returned. */
  @Test
  void aTaskRunsUnderALeaseThatWasUnconfirmedWhenItBegan() throws Exception {
    coordinator.onCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED);
    RecordingListener slow =
        new RecordingListener() {
          @Override
          public void onActive(Lease granted) throws Exception {
            coordinator.fallSilent();
            await().until(() -> !granted.isActive());
            super.onActive(granted);
          }
        };
    try (Agent agent = builder().listener(slow).start()) {
      runWhileActive(
          agent,
          lease -> {
            slow.note("task " + lease.epoch());
            new CountDownLatch(1).await();
          });
      awaitJoined();
      long epoch = coordinator.grant("orders");

      await().until(() -> slow.calls().contains("task " + epoch));

      assertThat(agent.awaitActive(Duration.ofSeconds(5))).isPresent();
      coordinator.speakAgain();
    }
  }

  @Test
  void aClosingAgentIsPassiveFirstAndLeavesThen() throws Exception {
    Agent agent = builder().start();
    awaitJoined();
    long epoch = coordinator.grant("orders");
    assertThat(agent.awaitActive(Duration.ofSeconds(5))).isPresent();

    agent.close();

    assertThat(listener.calls()).containsExactly("active " + epoch, "passive CLOSING");
    assertThat(coordinator.heardStopped(epoch)).isTrue();
    assertThat(coordinator.heard().get(coordinator.heard().size() - 1).hasClose()).isTrue();
  }

  @Test
  void anAgentClosedFromItsCallbackGivesItsDirectoryBackAfterwards(@TempDir Path state)
      throws Exception {
    AtomicReference<Agent> self = new AtomicReference<>();
    RecordingListener closing =
        new RecordingListener() {
          @Override
          public void onActive(Lease granted) throws Exception {
            super.onActive(granted);
            Objects.requireNonNull(self.get()).close();
            note("closed");
          }
        };
    self.set(builder().listener(closing).stateDirectory(state).start());
    awaitJoined();
    coordinator.grant("orders");
    await().until(() -> closing.calls().contains("passive CLOSING"));
    assertThat(closing.calls()).element(1).isEqualTo("closed");
    await().until(() -> canBeOpened(state));
  }

  private static boolean canBeOpened(Path state) {
    try (StateDirectory directory = StateDirectory.open(state)) {
      return !directory.incarnation().isEmpty();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void aBrokenStreamCostsNothing() throws Exception {
    try (Agent agent = builder().start()) {
      awaitJoined();
      coordinator.grant("orders");
      Lease lease = agent.awaitActive(Duration.ofSeconds(5)).orElseThrow();

      coordinator.breakStream();

      await()
          .until(
              () ->
                  coordinator.heard().stream()
                      .anyMatch(m -> m.hasOpen() && m.getOpen().getSession() != 0));
      lease.assertActive();
      assertThat(listener.calls()).hasSize(1);
    }
  }

  @Test
  void aTaskIsInterruptedWhenItsLeaseEndsAndRunsAgainUnderTheNext() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Agent agent = builder().start()) {
      Thread worker =
          new Thread(
              () -> {
                try {
                  agent.runWhileActive(
                      lease -> {
                        listener.note("task " + lease.epoch());
                        new CountDownLatch(1).await();
                      });
                } catch (InterruptedException e) {
                  listener.note("interrupted from outside");
                }
                ended.countDown();
              });
      worker.start();
      awaitJoined();
      long first = coordinator.grant("orders");
      await().until(() -> listener.calls().contains("task " + first));
      coordinator.revoke("orders", Cause.CAUSE_SWITCHOVER);
      await().until(() -> coordinator.heardStopped(first));
      long second = coordinator.grant("orders");
      await().until(() -> listener.calls().contains("task " + second));
    }
    ended.await();
    assertThat(listener.calls()).doesNotContain("interrupted from outside");
    assertThat(listener.calls()).endsWith("passive CLOSING");
  }

  /** The lease changes hands twice between the end of the task and the word about it. */
  @Test
  void aTaskThatFailedUnderALostLeaseDoesNotCostTheNext() throws Exception {
    AtomicLong second = new AtomicLong();
    try (Agent agent = builder().start()) {
      RuntimeException slow =
          new IllegalStateException() {
            @Override
            public String getMessage() {
              if (second.get() == 0) {
                long first = agent.lease().orElseThrow().epoch();
                coordinator.revoke("orders", Cause.CAUSE_SWITCHOVER);
                await().until(() -> coordinator.heardStopped(first));
                second.set(coordinator.grant("orders"));
                await().until(() -> agent.lease().isPresent());
              }
              return "slow";
            }
          };
      runWhileActive(
          agent,
          lease -> {
            listener.note("task " + lease.epoch());
            if (second.get() == 0) {
              throw slow;
            }
            new CountDownLatch(1).await();
          });
      awaitJoined();
      coordinator.grant("orders");
      await().until(() -> listener.calls().contains("task " + second));
      agent.lease().orElseThrow().assertActive();
    }
  }

  static void runWhileActive(Agent agent, ActiveTask task) {
    new Thread(
            () -> {
              try {
                agent.runWhileActive(task);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            })
        .start();
  }

  @Test
  void aBlockedOnActiveIsInterruptedWhenItTakesTooLong() throws Exception {
    RecordingListener blocked =
        new RecordingListener() {
          @Override
          public void onActive(Lease lease) throws Exception {
            super.onActive(lease);
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              note("interrupted");
              throw e;
            }
          }
        };
    try (Agent agent = builder().listener(blocked).start()) {
      awaitJoined();
      long epoch = coordinator.grant("orders");
      await().until(() -> coordinator.heardStopped(epoch));
      assertThat(blocked.calls())
          .containsExactly("active " + epoch, "interrupted", "passive PROMOTION_TIMEOUT");
      assertThat(agent.role()).isEqualTo(Role.PASSIVE);
    }
  }

  @Test
  void aBlockedCallbackDoesNotKeepTheWatchdogFromTheEmergencyHook() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch emergency = new CountDownLatch(1);
    RecordingListener deaf =
        new RecordingListener() {
          @Override
          public void onPassive(io.baton.agent.Cause cause) throws Exception {
            super.onPassive(cause);
            while (stuck.getCount() > 0) {
              try {
                stuck.await();
              } catch (InterruptedException e) {
                note("interrupted");
              }
            }
          }
        };
    try (Agent agent =
        builder().listener(deaf).emergencyHook(lease -> emergency.countDown()).start()) {
      awaitJoined();
      coordinator.grant("orders");
      assertThat(agent.awaitActive(Duration.ofSeconds(5))).isPresent();

      coordinator.fallSilent();

      emergency.await();
      assertThat(deaf.calls()).endsWith("passive DEADLINE", "interrupted");
      stuck.countDown();
    }
  }

  @Test
  void aHintFromAnotherCoordinatorMovesTheStream() throws Exception {
    try (FakeCoordinator other = new FakeCoordinator(TTL_MILLIS);
        Agent agent = builder().endpoints(other.address()).start()) {
      await().until(() -> coordinator.watchers() == 1 && other.watchers() == 1);
      await().until(agent::isConnected);
      FakeCoordinator from = coordinator.heard().isEmpty() ? other : coordinator;
      FakeCoordinator to = from == other ? coordinator : other;

      to.hint(LeaderHint.newBuilder().setTerm(9).setLeaderAddress(to.address()).build());

      await().until(() -> to.heard().stream().anyMatch(AgentMessage::hasOpen));
    }
  }

  /** More of them than an agent of one group has threads for callbacks. */
  @Test
  void blockedObserversDelayNeitherCallbacksNorOtherObservers() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    try (Agent agent = builder().start()) {
      awaitJoined();
      for (int i = 0; i < 8; i++) {
        agent.observe(
            (group, active) -> {
              try {
                stuck.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
      }
      agent.observe((group, active) -> told.countDown());
      told.await();

      coordinator.grant("orders");

      assertThat(agent.awaitActive(Duration.ofSeconds(5))).isPresent();
      stuck.countDown();
    }
  }

  /** The fake cluster's id is "fake". */
  @Test
  void aHintOfAnotherClusterMovesNothing() throws Exception {
    try (FakeCoordinator stranger = new FakeCoordinator(TTL_MILLIS);
        FakeCoordinator other = new FakeCoordinator(TTL_MILLIS);
        Agent agent = builder().start()) {
      await().until(() -> agent.isConnected() && coordinator.watchers() == 1);
      coordinator.hint(listed(9, stranger).toBuilder().setClusterId("founded apart").build());

      coordinator.hint(listed(5, other).toBuilder().setClusterId("fake").build());

      await().until(() -> other.heard().stream().anyMatch(AgentMessage::hasOpen));
      assertThat(stranger.heard()).isEmpty();
    }
  }

  @Test
  void aCoordinatorThatLeftTheListLosesItsConnection() throws Exception {
    try (FakeCoordinator other = new FakeCoordinator(TTL_MILLIS);
        Agent agent = builder().start()) {
      await().until(() -> agent.isConnected() && coordinator.watchers() == 1);
      coordinator.hint(listed(5, coordinator, coordinator, other));
      await().until(() -> other.watchers() == 1);

      coordinator.hint(listed(6, coordinator, coordinator));

      await().until(() -> other.connections() == 0);
      assertThat(coordinator.connections()).isEqualTo(1);
    }
  }

  /** A leader's advertised address may be in no list, as that of an older coordinator's hint. */
  @Test
  void aLeaderThatIsInNoListKeepsItsConnectionWhileItLeads() throws Exception {
    try (FakeCoordinator other = new FakeCoordinator(TTL_MILLIS);
        Agent agent = builder().start()) {
      await().until(() -> agent.isConnected() && coordinator.watchers() == 1);
      coordinator.hint(listed(5, other));
      await().until(() -> other.watchers() == 1);
      await().until(() -> other.heard().stream().anyMatch(AgentMessage::hasKeepAlive));

      coordinator.hint(listed(6, coordinator));

      await().until(() -> other.connections() == 0);
    }
  }

  private static LeaderHint listed(long term, FakeCoordinator leader, FakeCoordinator... all) {
    LeaderHint.Builder hint =
        LeaderHint.newBuilder().setTerm(term).setLeaderAddress(leader.address());
    for (FakeCoordinator each : all) {
      hint.addCoordinators(CoordinatorAddress.newBuilder().setAddress(each.address()));
    }
    return hint.build();
  }
}
