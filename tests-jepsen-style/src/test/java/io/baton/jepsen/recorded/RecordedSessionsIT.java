package io.baton.jepsen.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.cli.Main;
import io.baton.cli.verb.Shell;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.proto.v1.SessionServiceGrpc;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Agents of an older version, as they were recorded, against coordinators of this one. That this
 * version's agent works with older coordinators is {@code OldCoordinatorTest}'s.
 */
@Timeout(180)
final class RecordedSessionsIT {
  private static final Path RECORDED = Path.of("../proto/src/recorded/sessions-1.txt");

  @Test
  void twoAgentsFromBeforeThereWerePoliciesAreServedAsTheyWere()
      throws IOException, InterruptedException {
    try (LocalCluster cluster = LocalCluster.started(ClusterPlan.of(1))) {
      cluster.awaitServing();
      Map<Integer, AgentReplay> streams = new HashMap<>();
      Renumbering numbers = new Renumbering();
      List<CompletableFuture<Integer>> commands = new ArrayList<>();
      for (RecordedSessions.Line line : RecordedSessions.read(RECORDED)) {
        if (line instanceof RecordedSessions.FromAgent said) {
          streams.computeIfAbsent(said.stream(), s -> open(cluster, numbers)).say(said.message());
        } else if (line instanceof RecordedSessions.FromCoordinator told) {
          streams
              .computeIfAbsent(told.stream(), s -> open(cluster, numbers))
              .expect(told.message());
        } else if (line instanceof RecordedSessions.Operator operator) {
          CompletableFuture<Integer> status = baton(cluster, operator.words());
          if (!operator.takesAgents()) {
            assertThat(status.join()).isZero();
          }
          commands.add(status);
        }
      }
      for (AgentReplay each : streams.values()) {
        each.awaitStanding();
      }
      for (CompletableFuture<Integer> each : commands) {
        assertThat(each.join()).isZero();
      }
    }
  }

  private static AgentReplay open(LocalCluster cluster, Renumbering numbers) {
    return new AgentReplay(SessionServiceGrpc.newStub(cluster.channel(0)), numbers);
  }

  /** A switchover returns when it is done, which takes the agents' answers. */
  private static CompletableFuture<Integer> baton(LocalCluster cluster, List<String> words) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            out,
            out,
            new BufferedReader(new StringReader("")),
            false,
            Map.of(
                "BATON_ENDPOINTS",
                String.join(",", cluster.endpoints()),
                "USER",
                "test",
                "HOSTNAME",
                "here"));
    return CompletableFuture.supplyAsync(() -> new Main(shell).run(words.toArray(String[]::new)));
  }
}
