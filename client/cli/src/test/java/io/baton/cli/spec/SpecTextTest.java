package io.baton.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.config.ConfigException;
import io.baton.proto.v1.Check;
import io.baton.proto.v1.CheckList;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.FailoverPolicy;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.MemberPreference;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SpecTextTest {
  private static final GroupSpec STORED =
      GroupSpec.newBuilder()
          .setMode(Mode.MODE_ACTIVE_PASSIVE)
          .setSlots(1)
          .setMinActive(1)
          .setTtlMillis(5_000)
          .setKeepaliveMillis(0)
          .setPromoteMillis(30_000)
          .setDemoteMillis(10_000)
          .setMaxMoves(16)
          .setFailover(
              FailoverPolicy.newBuilder()
                  .setKind(FailoverKind.FAILOVER_KIND_AUTOMATIC)
                  .setDisconnectGraceMillis(0)
                  .setLockDelayMillis(0)
                  .setCoolDownMillis(10_000)
                  .setFlapBudget(0)
                  .setFlapWindowMillis(600_000)
                  .setFailback(Failback.FAILBACK_STAY)
                  .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_STOP))
          .setPreference(Preference.getDefaultInstance())
          .build();

  @Test
  void everyKeyIsWrittenThatMeansSomethingInItsMode() {
    assertThat(SpecText.of("payments", STORED))
        .isEqualTo(
            """
            group: payments
            mode: active-passive
            min-active: 1
            ttl: 5s
            keepalive: 0ms
            promote-deadline: 30s
            demote-deadline: 10s
            failover: automatic
            disconnect-grace: 0ms
            lock-delay: 0ms
            cool-down: 10s
            flap-budget: 0
            flap-window: 10m
            failback: stay
            on-coordinator-loss: stop
            max-lag: any
            zones: []
            members: {}
            checks: {}
            """);
  }

  @Property(tries = 500)
  void whatWasWrittenIsReadAsTheSame(@ForAll("specs") GroupSpec spec) throws ConfigException {
    List<GroupFile> read = SpecFile.read("f", SpecText.of("g", spec), Map.of());

    assertThat(read).hasSize(1);
    assertThat(stored(read.get(0).spec())).isEqualTo(stored(spec));
    assertThat(SpecDiff.between("g", spec, read.get(0).spec())).isEmpty();
  }

  /** What a file of that mode can't say takes its default. */
  private static GroupSpec stored(GroupSpec spec) {
    GroupSpec.Builder stored = spec.toBuilder();
    if (!SpecKey.WITH_SLOTS.contains(spec.getMode())) {
      stored.clearSlots();
    }
    if (spec.getMode() != Mode.MODE_SHARDED) {
      stored.clearMaxMoves();
    }
    return stored.build();
  }

  @Provide
  Arbitrary<GroupSpec> specs() {
    Arbitrary<Mode> modes =
        Arbitraries.of(
            Mode.MODE_ACTIVE_PASSIVE, Mode.MODE_N_ACTIVE, Mode.MODE_SHARDED, Mode.MODE_ALL_ACTIVE);
    Arbitrary<Integer> slots = Arbitraries.integers().between(1, 16_384);
    Arbitrary<Long> times = Arbitraries.longs().between(3_000, 3_600_000);
    return Combinators.combine(modes, slots, times, times, policies(), preferences(), checks())
        .as(
            (mode, count, ttl, deadline, policy, preference, checks) ->
                STORED.toBuilder()
                    .setMode(mode)
                    .setSlots(count)
                    .setMaxMoves(count)
                    .setMinActive(mode == Mode.MODE_SHARDED ? count : 1)
                    .setTtlMillis(ttl)
                    .setKeepaliveMillis(ttl / 4)
                    .setPromoteMillis(deadline)
                    .setFailover(policy)
                    .setPreference(preference)
                    .setChecks(checks)
                    .build());
  }

  private static Arbitrary<CheckList> checks() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("ab:-\"'#{}[]$ ,é\t0\u0080").ofMinLength(1).ofMaxLength(6);
    Arbitrary<Check> check =
        Combinators.combine(
                Arbitraries.strings().withChars("a0.-_").ofLength(3).map(s -> "c" + s),
                Arbitraries.of(Check.KindCase.values()),
                texts.list().ofMaxSize(3),
                Arbitraries.longs().between(1, 1L << 45),
                Arbitraries.longs().between(100, 3_600_000),
                Arbitraries.integers().between(1, 100))
            .as(SpecTextTest::check);
    return check
        .list()
        .uniqueElements(Check::getName)
        .ofMaxSize(4)
        .map(all -> CheckList.newBuilder().addAllChecks(all).build());
  }

  private static Check check(
      String name, Check.KindCase kind, List<String> words, long bytes, long millis, int looks) {
    Check.Builder check =
        Check.newBuilder()
            .setName(name)
            .setIntervalMillis(millis)
            .setTimeoutMillis(millis)
            .setRise(looks)
            .setFall(looks);
    String word = String.join(" ", words);
    switch (kind) {
      case HTTP -> check.getHttpBuilder().setUrl("https://h:80/" + looks + "?a=%23,:&*!$");
      case TCP -> check.getTcpBuilder().setAddress("[::1]:" + looks);
      case GRPC -> check.getGrpcBuilder().setAddress("h.x:" + looks).setService(word);
      case DISK ->
          check
              .getDiskBuilder()
              .setPath("/" + word.replaceAll("\\p{Cntrl}|\u0080", "_"))
              .setMinFreeBytes(bytes);
      case COMMAND, KIND_NOT_SET -> check.getCommandBuilder().addAllArgv(words);
    }
    return check.build();
  }

  private static Arbitrary<FailoverPolicy> policies() {
    Arbitrary<Long> times = Arbitraries.longs().between(1_000, 86_400_000);
    return Combinators.combine(
            Arbitraries.of(
                FailoverKind.FAILOVER_KIND_AUTOMATIC,
                FailoverKind.FAILOVER_KIND_MANUAL,
                FailoverKind.FAILOVER_KIND_OBSERVE),
            Arbitraries.of(Failback.FAILBACK_STAY, Failback.FAILBACK_PREFERRED),
            times,
            times,
            Arbitraries.integers().between(0, 1_000))
        .as(
            (kind, failback, one, other, budget) ->
                FailoverPolicy.newBuilder()
                    .setKind(kind)
                    .setFailback(failback)
                    .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED)
                    .setDisconnectGraceMillis(one)
                    .setLockDelayMillis(other)
                    .setCoolDownMillis(one)
                    .setFlapBudget(budget)
                    .setFlapWindowMillis(other)
                    .build());
  }

  private static Arbitrary<Preference> preferences() {
    Arbitrary<List<String>> zones =
        Arbitraries.strings()
            .withChars("ab:-\"'#{}[]$ ,é\t0\u0080\u0085\u009f")
            .ofMinLength(1)
            .ofMaxLength(6)
            .list()
            .uniqueElements()
            .ofMaxSize(4);
    Arbitrary<MemberPreference> member =
        Combinators.combine(
                Arbitraries.integers().between(-1_000_000, 1_000_000),
                Arbitraries.integers().between(0, 1_000))
            .as((p, w) -> MemberPreference.newBuilder().setPriority(p).setWeight(w).build());
    Arbitrary<String> ids = Arbitraries.strings().withChars("a0.-_").ofLength(3).map(s -> "m" + s);
    Arbitrary<Long> lags = Arbitraries.longs().between(-1, 1_000_000_000_000L);
    return Combinators.combine(zones, Arbitraries.maps(ids, member).ofMaxSize(3), lags)
        .as(
            (names, members, lag) -> {
              Preference.Builder preference =
                  Preference.newBuilder().addAllZones(names).putAllMembers(members);
              return lag < 0 ? preference.build() : preference.setMaxLag(lag).build();
            });
  }

  @Test
  void aDiffNamesWhatIsGoneAndWhatIsNewInTheOrderOfAFile() {
    GroupSpec next =
        STORED.toBuilder()
            .setTtlMillis(3_000)
            .setPreference(
                Preference.newBuilder()
                    .addZones("north")
                    .putMembers("m1", MemberPreference.newBuilder().setPriority(-1).build()))
            .build();

    assertThat(SpecDiff.between("g", STORED, next))
        .containsExactly(
            "-ttl: 5s",
            "+ttl: 3s",
            "-zones: []",
            "-members: {}",
            "+zones: [north]",
            "+members:",
            "+  m1: {priority: -1}");
    assertThat(SpecDiff.between("g", STORED, STORED)).isEmpty();
  }

  @Test
  void theWorstCaseIsAFormulaWithItsNumbersPutIn() {
    GroupSpec spec =
        STORED.toBuilder()
            .setFailover(STORED.getFailover().toBuilder().setLockDelayMillis(2_000))
            .build();

    assertThat(FailoverTime.lines(spec))
        .containsExactly(
            "worst-case failover, where the active dies without a word:",
            "  granted to another: ttl + drift + tick + lock-delay = 5s + 50ms + 100ms + 2s = 7.15s",
            "  active there: that + promote-deadline = 7.15s + 30s = 37.15s",
            "  and the coordinator leader with it: granted after max(that, election + grace + tick +"
                + " lock-delay) = max(7.15s, 1.8s + 2.5s + 100ms + 2s) = 7.15s",
            "  assumed, since each cluster may be set up otherwise: drift of 1%, election in 1.8s"
                + " (three timeouts of 600ms)");
  }

  @Test
  void whoIsNextMayHavePromisedTheLastActiveToWait() {
    GroupSpec peers =
        STORED.toBuilder()
            .setFailover(
                STORED.getFailover().toBuilder()
                    .setOnCoordinatorLoss(CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE))
            .build();

    assertThat(FailoverTime.lines(peers))
        .contains(
            "  active there: that + what it has promised + promote-deadline = 5.15s + 2.02s + 30s ="
                + " 37.17s");
  }

  @Test
  void whereAnOperatorDecidesThereIsNoWorstCase() {
    GroupSpec manual =
        STORED.toBuilder()
            .setFailover(
                STORED.getFailover().toBuilder().setKind(FailoverKind.FAILOVER_KIND_MANUAL))
            .build();

    assertThat(FailoverTime.lines(manual))
        .containsExactly("worst-case failover: until an operator orders it (baton failover)");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverKind.class,
      names = {"FAILOVER_KIND_AUTOMATIC", "FAILOVER_KIND_MANUAL", "FAILOVER_KIND_OBSERVE"})
  void whereEveryMemberIsActiveNobodyFollowsAndNobodyIsOrderedTo(FailoverKind kind) {
    GroupSpec all =
        STORED.toBuilder()
            .setMode(Mode.MODE_ALL_ACTIVE)
            .setFailover(STORED.getFailover().toBuilder().setKind(kind).setLockDelayMillis(2_000))
            .build();

    assertThat(FailoverTime.lines(all))
        .containsExactly(
            "no failover: every healthy member is active, and nobody follows one that dies without"
                + " a word",
            "  its lease ends: ttl + drift + tick = 5s + 50ms + 100ms = 5.15s",
            "  and the coordinator leader with it: max(that, election + grace + tick) = max(5.15s,"
                + " 1.8s + 2.5s + 100ms) = 5.15s",
            "  assumed, since each cluster may be set up otherwise: drift of 1%, election in 1.8s"
                + " (three timeouts of 600ms)");
  }
}
