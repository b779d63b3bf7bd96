package io.baton.jepsen;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.cli.Main;
import io.baton.cli.verb.Shell;
import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A check that an operator puts into a group's spec moves its lease: real coordinators, and two
 * agents of this process, of which one runs commands of the spec.
 */
@Timeout(180)
final class SpecChecksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void anActiveThatFailsACheckOfTheSpecHandsOverAndTheRecordSaysWhichAndWhatItAnswered(
      @TempDir Path directory) throws IOException, InterruptedException {
    Path spec = directory.resolve("group.yaml");
    Files.writeString(spec, "group: orders\n");
    try (LocalCluster cluster = LocalCluster.started(ClusterPlan.of(3))) {
      said(cluster, "apply", "-f", spec.toString());
      try (Agent obedient = member(cluster, "m1").allowSpecCommands(true).start()) {
        obedient.ready();
        assertThat(obedient.awaitActive(PATIENCE)).isPresent();
        try (Agent cautious = member(cluster, "m2").start()) {
          cautious.ready();
          Await.until(
              "the standby", PATIENCE, () -> said(cluster, "members").matches("(?s).*m2.*READY.*"));

          Files.writeString(
              spec,
              """
              group: orders
              checks:
                script: {command: [sh, -c, "echo disk is full; exit 3"], interval: 100ms}
              """);
          said(cluster, "apply", "-f", spec.toString());

          assertThat(cautious.awaitActive(PATIENCE)).isPresent();
          assertThat(obedient.lease()).isEmpty();
          Await.until(
              "the record",
              PATIENCE,
              () ->
                  said(cluster, "history", "orders", "--handovers")
                      .matches(
                          "(?s).*m1 +\\| m2 +\\| UNHEALTHY .*"
                              + "check spec/script: sh ended with 3: disk is full.*"));
          assertThat(said(cluster, "members"))
              .contains("check spec/script is not run: the service does not allow commands");
        }
      }
    }
  }

  private static AgentBuilder member(LocalCluster cluster, String id) {
    return Agent.builder()
        .endpoints(cluster.endpoints().toArray(String[]::new))
        .group("orders")
        .member(id);
  }

  /** What the command line prints, which has to succeed. */
  private static String said(LocalCluster cluster, String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
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
    int status = new Main(shell).run(arguments);
    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isZero();
    return text;
  }
}
