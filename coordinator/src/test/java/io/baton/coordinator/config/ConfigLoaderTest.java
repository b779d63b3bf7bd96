package io.baton.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  /** Good; each test spoils one thing. */
  private static final String GOOD =
      """
      cluster: prod
      node: {id: n1, data-dir: /var/lib/baton}
      insecure: true
      coordinators:
        - {id: n1, api: 10.0.0.1:7000, http: 10.0.0.1:7001, raft: 10.0.0.1:7002}
        - {id: n2, api: 10.0.0.2:7000, http: 10.0.0.2:7001, raft: 10.0.0.2:7002}
        - id: n3
          api: {bind: "0.0.0.0:7000", advertise: "n3.example:7000"}
          http: 10.0.0.3:7001
          raft: 10.0.0.3:7002
          peers: {n1: "127.0.0.1:9001"}
      timing:
        election-timeout: 1s..2s
      lease:
        max-ttl: 30s
        default-ttl: 4s
      """;

  private static ConfigLoader.Loaded load(
      String text, Map<String, String> environment, Map<String, String> flags)
      throws ConfigException {
    return ConfigLoader.load(
        new ConfigLoader.Sources("baton.yaml", text, environment, flags, "some-host"));
  }

  private static List<String> problems(String text) {
    return problems(text, Map.of(), Map.of());
  }

  private static List<String> problems(
      String text, Map<String, String> environment, Map<String, String> flags) {
    try {
      return List.of("no problem in " + load(text, environment, flags));
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  @Test
  void readsEverythingTheFileSays() throws ConfigException {
    ServerConfig config = load(GOOD, Map.of(), Map.of()).config();

    assertThat(config.cluster()).isEqualTo("prod");
    assertThat(config.node().id()).isEqualTo("n1");
    assertThat(config.node().dataDir()).hasToString("/var/lib/baton");
    assertThat(config.own().raft().advertise()).hasToString("10.0.0.1:7002");
    assertThat(config.timing().electionMax()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.lease().maxTtl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.exposed()).isTrue();
    CoordinatorEntry n3 = config.coordinators().get(2);
    assertThat(n3.api().bind()).hasToString("0.0.0.0:7000");
    assertThat(n3.api().advertise()).hasToString("n3.example:7000");
    assertThat(n3.peers()).containsOnly(Map.entry("n1", new HostPort("127.0.0.1", 9001)));
  }

  @Test
  void aFlagCountsBeforeTheEnvironmentAndThatBeforeTheFileAndThatBeforeTheDefault()
      throws ConfigException {
    Map<String, String> environment =
        Map.of("BATON_NODE_ID", "n2", "BATON_NODE_DATA_DIR", "/env", "BATON_LEASE_MAX_TTL", "20s");
    ConfigLoader.Loaded loaded = load(GOOD, environment, Map.of("node.data-dir", "/flag"));

    assertThat(loaded.config().node().id()).isEqualTo("n2");
    assertThat(loaded.config().node().dataDir()).hasToString("/flag");
    assertThat(loaded.config().lease().maxTtl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(loaded.effective())
        .contains(
            "node.id=n2 (environment BATON_NODE_ID)",
            "node.data-dir=/flag (flag --node.data-dir)",
            "lease.default-ttl=4s (baton.yaml:16:16)",
            "advanced.core-queue=20000 (default)",
            "coordinators=n1,n2,n3 (baton.yaml:5:3)");
  }

  @Test
  void theHostnameIsTheIdWhereACoordinatorIsCalledThat() throws ConfigException {
    String text = GOOD.replace("id: n1, data-dir", "data-dir").replace("id: n2,", "id: some-host,");

    assertThat(load(text, Map.of(), Map.of()).config().node().id()).isEqualTo("some-host");
  }

  @Test
  void theHostnameIsNoIdOtherwise() {
    assertThat(problems(GOOD.replace("id: n1, data-dir", "data-dir")))
        .containsExactly(
            "baton.yaml: node.id: is not set (in the file, as BATON_NODE_ID or --node.id)");
  }

  @Test
  void theDataDirectoryHasNoDefault() {
    assertThat(problems(GOOD.replace(", data-dir: /var/lib/baton", "")))
        .containsExactly(
            "baton.yaml: node.data-dir: is not set (in the file, as BATON_NODE_DATA_DIR or"
                + " --node.data-dir)");
  }

  @Test
  void variablesAreExpandedWithTheirDefaults() throws ConfigException {
    String text = GOOD.replace("/var/lib/baton", "\"${BASE:-/srv}/${NAME}\"");

    assertThat(load(text, Map.of("NAME", "x"), Map.of()).config().node().dataDir())
        .hasToString("/srv/x");
    assertThat(problems(text))
        .containsExactly(
            "baton.yaml:2:26: node.data-dir: ${NAME} is not set in the environment and has no"
                + " default (${NAME:-…})");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      cluster: prod        | cluster: Prod!       | baton.yaml:1:10: cluster: 'Prod!' is not a name
      data-dir: /var       | data-dri: /var       | baton.yaml:2:16: unknown key 'node.data-dri' (did you mean 'node.data-dir'?)
      insecure: true       | insecure: yes        | baton.yaml:3:11: insecure: 'yes' is neither true nor false
      insecure: true       | insecure: false      | baton.yaml:5:19: coordinators.api: 10.0.0.1:7000 is not a loopback address
      api: 10.0.0.2:7000   | api: 10.0.0.2        | baton.yaml:6:19: coordinators.api: '10.0.0.2' is not host:port
      api: 10.0.0.2:7000   | api: a_b:7000         | baton.yaml:6:19: coordinators.api: 'a_b:7000' is not host:port
      api: 10.0.0.2:7000   | api: 10.0.0.2:0      | baton.yaml:6:19: coordinators.api: '10.0.0.2:0' needs a port that others can know
      api: 10.0.0.2:7000   | api: 0.0.0.0:7000    | baton.yaml:6:19: coordinators.api: nobody can reach 0.0.0.0:7000
      api: 10.0.0.2:7000   | api: 10.0.0.1:7000   | baton.yaml:6:19: coordinators.api: 10.0.0.1:7000 is taken already (baton.yaml:5:19)
      id: n2               | id: n1               | baton.yaml:6:10: coordinators: id 'n1' is taken already (baton.yaml:5:10)
      raft: 10.0.0.2:7002  | rafft: 10.0.0.2:7002 | baton.yaml:6:55: unknown key 'coordinators.rafft' (did you mean 'coordinators.raft'?)
      peers: {n1           | peers: {n4           | baton.yaml:11:12: coordinators.peers: no coordinator is called 'n4' (did you mean 'n1'?)
      node: {id: n1        | node: {id: n9        | baton.yaml:2:12: node.id: 'n9' is none of the coordinators [n1, n2, n3]
      election-timeout: 1s | election-timeout: 1  | baton.yaml:13:21: timing.election-timeout: '1' is not a duration (write 500ms, 3s, 5m)
      timeout: 1s..2s      | timeout: 1s          | baton.yaml:13:21: timing.election-timeout: '1s' is not a range
      1s..2s               | 1s..1s               | baton.yaml:13:21: timing.election-timeout must end at 1.5 times its beginning
      1s..2s               | 10ms..2s             | baton.yaml:13:21: timing.election-timeout must lie between 100ms and 30s
      default-ttl: 4s      | default-ttl: 3 sec   | baton.yaml:16:16: lease.default-ttl: '3 sec' is not a duration (write 500ms, 3s, 5m)
      default-ttl: 4s      | default-ttl: 500ms   | baton.yaml:16:16: lease.default-ttl (500ms) must be at least 1s
      default-ttl: 4s      | default-ttl: 2m      | baton.yaml:16:16: lease.default-ttl (2m) must be at most lease.max-ttl (30s) (lease.max-ttl: baton.yaml:15:12)
      default-ttl: 4s      | max-ttl: 4s          | baton.yaml:16:3: lease.: 'max-ttl' is given twice
      timing:              | timming:             | baton.yaml:12:1: unknown key 'timming' (did you mean 'timing'?)
      """)
  void oneMistakeIsNamedWithItsPlace(String good, String bad, String expected) {
    List<String> problems = problems(GOOD.replace(good, bad));

    assertThat(problems).anySatisfy(p -> assertThat(p).startsWith(expected));
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    String text =
        GOOD.replace("cluster: prod", "cluster: ''")
            .replace("4s", "x")
            .replace("insecure: true", "insecure: maybe");

    assertThat(problems(text, Map.of("BATON_LEASE_MAX_TTL", "long"), Map.of("nod.id", "n1")))
        .hasSize(5)
        .anySatisfy(p -> assertThat(p).startsWith("environment BATON_LEASE_MAX_TTL: lease.max-ttl"))
        .contains("flag --nod.id: there is no such flag (did you mean 'node.id'?)");
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithThePlace() {
    assertThat(problems("cluster: prod\nnode: {id: n1\n"))
        .anySatisfy(p -> assertThat(p).startsWith("baton.yaml:3:1: "));
    assertThat(problems("")).isNotEmpty();
    assertThat(problems("- a\n- b\n"))
        .anySatisfy(p -> assertThat(p).startsWith("baton.yaml:1:1: the file: expected keys"));
  }

  @Test
  void everyKeyHasItsOwnNameInTheEnvironment() {
    assertThat(Key.NODE_DATA_DIR.environment()).isEqualTo("BATON_NODE_DATA_DIR");
    assertThat(Arrays.stream(Key.values()).map(Key::environment).distinct())
        .hasSize(Key.values().length);
  }

  @Test
  void onlyLiteralLoopbackAddressesAreSafe() {
    assertThat(HostPort.parse("127.0.0.1:1").isLoopback()).isTrue();
    assertThat(HostPort.parse("127.1.2.3:1").isLoopback()).isTrue();
    assertThat(HostPort.parse("[::1]:1").isLoopback()).isTrue();
    assertThat(HostPort.parse("localhost:1").isLoopback()).isTrue();
    assertThat(HostPort.parse("127.0.0.1.example:1").isLoopback()).isFalse();
    assertThat(HostPort.parse("0.0.0.0:1").isLoopback()).isFalse();
    assertThatThrownBy(() -> HostPort.parse("h:70000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'h:70000' is not host:port");
    assertThat(HostPort.parse("[::1]:7000")).hasToString("[::1]:7000");
  }
}
