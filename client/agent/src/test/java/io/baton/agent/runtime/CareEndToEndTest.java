package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import io.baton.agent.Readiness;
import io.baton.agent.ShardListener;
import io.baton.agent.Slots;
import io.baton.agent.health.CheckSettings;
import io.baton.proto.v1.ActiveMember;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CommandCheck;
import io.baton.proto.v1.DiskCheck;
import io.baton.proto.v1.GrpcCheck;
import io.baton.proto.v1.HttpCheck;
import io.baton.proto.v1.TcpCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks, loops, resyncs and slots of a real agent against a scripted coordinator. */
@Timeout(30)
final class CareEndToEndTest {
  private static final CheckSettings OFTEN =
      new CheckSettings(Duration.ofMillis(10), Duration.ofMillis(500), 1, 3);

  private FakeCoordinator coordinator;

  @BeforeEach
  void start() throws IOException {
    coordinator = new FakeCoordinator(5_000);
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
        .readiness(Readiness.READY)
        .closeTimeout(Duration.ofSeconds(3));
  }

  private void awaitReadiness(String said) {
    await().untilAsserted(() -> assertThat(coordinator.lastReadiness()).isEqualTo(said));
  }

  // ------------------------------------------------------------------ checks

  @Test
  void aMemberIsReadyWhenItsChecksPassAndUnhealthyWithTheReasonOfTheOneThatFails() {
    AtomicBoolean broken = new AtomicBoolean();
    AgentBuilder builder =
        builder()
            .check("always", () -> {}, OFTEN)
            .check(
                "db",
                () -> {
                  if (broken.get()) {
                    throw new IOException("connection refused");
                  }
                },
                OFTEN);
    try (Agent agent = builder.start()) {
      awaitReadiness("READY");
      broken.set(true);
      awaitReadiness("UNHEALTHY check db: connection refused");
      broken.set(false);
      awaitReadiness("READY");
      agent.syncing();
      awaitReadiness("SYNCING");
    }
  }

  private static Check.Builder check(String name) {
    return Check.newBuilder()
        .setName(name)
        .setIntervalMillis(10)
        .setTimeoutMillis(2_000)
        .setRise(1)
        .setFall(2);
  }

  private static Check disk(String name, Path path) {
    return check(name)
        .setDisk(DiskCheck.newBuilder().setPath(path.toString()).setMinFreeBytes(1))
        .build();
  }

  @Test
  void checksOfTheGroupsSpecBeginEndAndCountAsTheServicesOwn(@TempDir Path directory)
      throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    try (Agent agent = builder().check("always", () -> {}, OFTEN).start()) {
      awaitReadiness("READY");
      coordinator.checks(disk("data", data));
      coordinator.grant("orders");
      await().until(() -> agent.lease().isPresent());
      awaitReadiness("READY");

      Files.delete(data);
      awaitReadiness("UNHEALTHY check spec/data: " + data);

      coordinator.checks();
      awaitReadiness("READY");
      coordinator.checks(disk("data", data), disk("root", directory));
      awaitReadiness("UNHEALTHY check spec/data: " + data);
      Files.createDirectory(data);
      awaitReadiness("READY");
    }
  }

  @Test
  void aMemberIsNotReadyBeforeTheGroupsChecksHavePassed(@TempDir Path directory) {
    coordinator.checks(disk("data", directory.resolve("nowhere")));
    try (Agent agent = builder().start()) {
      awaitReadiness("UNHEALTHY check spec/data: " + directory.resolve("nowhere"));

      assertThat(
              coordinator.heard().stream()
                  .filter(AgentMessage::hasReport)
                  .map(m -> m.getReport().getReadiness().name()))
          .doesNotContain("READINESS_READY");
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  @Test
  void aCommandOfTheGroupsSpecIsRunOnlyWhereTheServiceAllowsIt(@TempDir Path directory)
      throws IOException {
    Path trace = directory.resolve("trace");
    Check command =
        check("touch")
            .setCommand(
                CommandCheck.newBuilder()
                    .addAllArgv(List.of("sh", "-c", "touch " + trace + "; exit 3")))
            .build();
    coordinator.checks(command, Check.newBuilder().setName("newer").build());
    try (Agent agent = builder().start()) {
      awaitReadiness(
          "READY check spec/touch is not run: the service does not allow commands of the group's"
              + " spec; check spec/newer is not run: this version of the agent does not know its"
              + " kind");
      coordinator.checks(command);
      awaitReadiness(
          "READY check spec/touch is not run: the service does not allow commands of the group's"
              + " spec");
      assertThat(agent.groups()).containsExactly("orders");
    }
    assertThat(trace).doesNotExist();

    try (Agent agent = builder().allowSpecCommands(true).start()) {
      awaitReadiness("UNHEALTHY check spec/touch: sh ended with 3: no word");
      assertThat(trace).exists();
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  /** Every kind, against something that answers and something that does not. */
  @Test
  void eachKindOfCheckIsRunAsTheSpecSays() {
    coordinator.checks(
        check("tcp").setTcp(TcpCheck.newBuilder().setAddress(coordinator.address())).build());
    try (Agent agent = builder().start()) {
      awaitReadiness("READY");
      coordinator.checks(check("http").setHttp(HttpCheck.newBuilder().setUrl("http://[")).build());
      await().until(() -> coordinator.lastReadiness().startsWith("UNHEALTHY check spec/http: "));
      coordinator.checks(
          check("grpc").setGrpc(GrpcCheck.newBuilder().setAddress(coordinator.address())).build());
      await()
          .until(
              () ->
                  coordinator
                      .lastReadiness()
                      .startsWith(
                          "UNHEALTHY check spec/grpc: "
                              + coordinator.address()
                              + ": UNIMPLEMENTED"));
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  @Test
  void aLookThatHangsHasFailedAndNoOtherBeginsMeanwhile() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);
    AgentBuilder builder =
        builder()
            .check(
                "stuck",
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  awaitWhateverComes(end);
                  running.decrementAndGet();
                },
                OFTEN.within(Duration.ofMillis(200)));
    try (Agent agent = builder.start()) {
      awaitReadiness("UNHEALTHY check stuck: no answer within 200 ms");
      assertThat(most.get()).isEqualTo(1);
      end.countDown();
      await().until(() -> coordinator.lastReadiness().equals("READY"));
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  /** As code does that takes no notice of an interrupt. */
  private static void awaitWhateverComes(CountDownLatch end) {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.interrupted();
      }
    }
  }

  @Test
  void aLoopThatStandsStillMakesItsMemberUnhealthy() {
    AtomicBoolean moving = new AtomicBoolean(true);
    try (Agent agent = builder().progress("poll", Duration.ofSeconds(1)).start()) {
      Thread loop =
          new Thread(
              () -> {
                while (moving.get()) {
                  agent.progress("poll");
                  Thread.onSpinWait();
                }
              });
      loop.start();
      awaitReadiness("READY");
      moving.set(false);
      awaitReadiness("UNHEALTHY check poll: has not moved for more than 1000 ms");
      assertThatThrownBy(() -> agent.progress("other")).hasMessageContaining("other");
    }
  }

  // ------------------------------------------------------------------ resync

  @Test
  void aMemberCatchesUpAtItsStartAndAgainAfterItHasLostItsMembership() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    AgentBuilder builder =
        builder()
            .onResync(
                progress -> {
                  progress.done(0.25);
                  progress.position(7);
                  (runs.incrementAndGet() == 1 ? first : second).await();
                });
    try (Agent agent = builder.start()) {
      await().until(() -> told(250, 7));
      assertThat(coordinator.lastReadiness()).isEqualTo("SYNCING");
      first.countDown();
      awaitReadiness("READY");
      assertThat(runs.get()).isEqualTo(1);

      coordinator.endSession();

      await().until(() -> runs.get() == 2);
      assertThat(joins()).containsExactly("SYNCING", "SYNCING");
      second.countDown();
      awaitReadiness("READY");
      assertThat(agent.isConnected()).isTrue();
    }
  }

  @Test
  void aResyncThatWasUnderWayWhenTheMembershipEndedIsFollowedByAnother() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    AgentBuilder builder =
        builder().onResync(progress -> (runs.incrementAndGet() == 1 ? first : second).await());
    try (Agent agent = builder.start()) {
      await().until(() -> runs.get() == 1 && joins().size() == 1);

      coordinator.endSession();
      await().until(() -> joins().size() == 2);
      first.countDown();

      await().until(() -> runs.get() == 2);
      assertThat(coordinator.lastReadiness()).isEqualTo("SYNCING");
      second.countDown();
      awaitReadiness("READY");
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  @Test
  void aResyncThatFailsIsTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    AgentBuilder builder =
        builder()
            .onResync(
                progress -> {
                  if (runs.incrementAndGet() == 1) {
                    throw new IOException("no source");
                  }
                });
    try (Agent agent = builder.start()) {
      awaitReadiness("READY");
      assertThat(runs.get()).isEqualTo(2);
      assertThat(agent.groups()).containsExactly("orders");
    }
  }

  private boolean told(int permille, long position) {
    return coordinator.heard().stream()
        .filter(AgentMessage::hasKeepAlive)
        .flatMap(message -> message.getKeepAlive().getProgressMap().values().stream())
        .anyMatch(
            progress ->
                progress.getResyncPermille() == permille && progress.getPosition() == position);
  }

  private List<String> joins() {
    return coordinator.heard().stream()
        .filter(AgentMessage::hasJoin)
        .map(message -> message.getJoin().getReadiness().name().substring("READINESS_".length()))
        .toList();
  }

  // ------------------------------------------------------------------ slots

  private static final class Shards implements ShardListener {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void onAssigned(List<Lease> leases) {
      calls.add("assigned " + slots(leases));
    }

    @Override
    public void onRevoked(List<Lease> leases, Cause cause) {
      calls.add("revoked " + slots(leases) + " " + cause);
    }

    private static List<Integer> slots(List<Lease> leases) {
      return leases.stream().map(Lease::slot).toList();
    }
  }

  @Test
  void slotsComeAndGoTogether() {
    Shards shards = new Shards();
    try (Agent agent = builder().shards(shards).start()) {
      await().until(() -> !joins().isEmpty());
      assertThatThrownBy(() -> agent.assertOwns(2)).isInstanceOf(NotActiveException.class);

      long first = coordinator.grantSlots("orders", 4);

      await().until(() -> coordinator.heardStarted(first + 3));
      assertThat(shards.calls).containsExactly("assigned [0, 1, 2, 3]");
      assertThat(agent.owns(2)).isTrue();
      assertThat(agent.owns(4)).isFalse();
      assertThat(agent.assertOwns(2).epoch()).isEqualTo(first + 2);
      assertThat(agent.leases()).extracting(Lease::slot).containsExactly(0, 1, 2, 3);

      coordinator.revoke("orders", io.baton.proto.v1.Cause.CAUSE_SWITCHOVER);

      await().until(() -> coordinator.heardStopped(first + 3));
      assertThat(shards.calls)
          .containsExactly("assigned [0, 1, 2, 3]", "revoked [0, 1, 2, 3] SWITCHOVER");
      assertThat(agent.owns(2)).isFalse();
      assertThat(agent.leases()).isEmpty();
    }
  }

  /** A sharded group takes nobody in who could hold one slot only. */
  @Test
  void onlyWhoListensForSlotsSaysThatItTakesSeveral() {
    try (Agent agent = builder().group("shares").member("a").shards(new Shards()).start()) {
      await().until(() -> joins().size() == 2);
      assertThat(agent.groups()).containsExactlyInAnyOrder("orders", "shares");
    }
    assertThat(
            coordinator.heard().stream()
                .filter(m -> m.hasJoin() && m.getJoin().getSharesOut())
                .map(m -> m.getJoin().getGroup()))
        .containsExactly("shares");
  }

  @Test
  void aKeysOwnerIsWhoIsActiveForItsSlot() {
    try (Agent agent = builder().start()) {
      await().until(() -> !joins().isEmpty());
      assertThat(agent.ownerOf("customer-7")).isEmpty();
      int slot = Slots.of("customer-7", 16);

      coordinator.showActive("orders", 16, member(slot, true), member((slot + 1) % 16, true));
      await().until(() -> agent.ownerOf("customer-7").isPresent());
      assertThat(agent.ownerOf("customer-7").orElseThrow().slot()).isEqualTo(slot);

      coordinator.showActive("orders", 16, member(slot, false));
      await().until(() -> agent.ownerOf("customer-7").isEmpty());
    }
  }

  private static ActiveMember member(int slot, boolean started) {
    return ActiveMember.newBuilder()
        .setSlot(slot)
        .setEpoch(9)
        .setMember("b")
        .setStarted(started)
        .build();
  }
}
