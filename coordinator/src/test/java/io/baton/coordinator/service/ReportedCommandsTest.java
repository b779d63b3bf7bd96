package io.baton.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.Site;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an agent's report asks for is proposed only where it is news to the state. */
final class ReportedCommandsTest {
  private static final String GROUP = "orders";

  private final ClusterState state = ClusterState.empty();
  private long rounds;

  /** The lease was lost, and nobody knows whether its holder has stopped; another had it since. */
  @Test
  void onlyTheLastHolderIsAskedWhetherItHasStopped() {
    apply(new Command.CreateGroup(GROUP, holdIfPeersAgree()));
    long first = join("m1");
    long second = join("m2");
    Lease lost = lease();
    apply(new Command.Started(first, GROUP, 0, lost.epoch()));
    long offered = Objects.requireNonNull(state.agreement(GROUP)).offered().revision();
    apply(new Command.AcknowledgePeers(first, GROUP, lost.epoch(), offered));
    apply(new Command.Lapsed(first, GROUP, 0, lost.epoch(), Cause.LAPSED, ""));
    Lease.Revocation revocation = Objects.requireNonNull(lease().revocation());
    apply(new Command.ForceFree(GROUP, 0, lost.epoch(), revocation.revision(), specRevision()));
    Lease next = lease();
    assertThat(next.session()).isEqualTo(second);

    assertThat(stopped(second, next.epoch())).isEmpty();
    assertThat(stopped(first, lost.epoch() - 1)).isEmpty();
    assertThat(stopped(first, lost.epoch()))
        .containsExactly(new Command.Stopped(first, GROUP, 0, lost.epoch()));
  }

  private List<Command> stopped(long session, long stoppedEpoch) {
    FromAgent.Report report =
        new FromAgent.Report(
            GROUP, 1, Readiness.READY, "", List.of(), List.of(), List.of(), 0, stoppedEpoch);
    return ReportedCommands.of(state, session, report).stream()
        .filter(Command.Stopped.class::isInstance)
        .toList();
  }

  private long join(String member) {
    long session = ((Outcome.Opened) apply(new Command.OpenSession(member)).result()).session();
    apply(
        new Command.Join(
            session,
            GROUP,
            member,
            member + "-1",
            "",
            List.of(),
            "10.0.0.1:80",
            Map.of(),
            new Site("", "", 1, member + ":7100"),
            true,
            true,
            Readiness.READY,
            0));
    return session;
  }

  private Lease lease() {
    return Objects.requireNonNull(Objects.requireNonNull(state.group(GROUP)).lease(0));
  }

  private long specRevision() {
    return Objects.requireNonNull(state.group(GROUP)).info().specRevision();
  }

  private Outcome.Applied apply(Command command) {
    RoundId id = new RoundId(new UUID(0, 1), ++rounds);
    Round round = new Round(id, 1_000 * rounds, List.of(), List.of(Request.of(command)));
    return (Outcome.Applied) state.apply(round).outcomes().get(0);
  }

  private static GroupSpec holdIfPeersAgree() {
    return GroupSpec.DEFAULT.withFailover(
        new FailoverPolicy(
            FailoverPolicy.Kind.AUTOMATIC,
            0,
            0,
            0,
            0,
            60_000,
            FailoverPolicy.Failback.STAY,
            FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE));
  }
}
