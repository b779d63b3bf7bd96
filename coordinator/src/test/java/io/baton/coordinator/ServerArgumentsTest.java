package io.baton.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.coordinator.ServerArguments.UsageException;
import io.baton.coordinator.config.ConfigLoader;
import io.baton.coordinator.config.ServerConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerArgumentsTest {
  private static ServerArguments parse(String... arguments) throws UsageException {
    return ServerArguments.parse(List.of(arguments));
  }

  @Test
  void everyOtherFlagIsAKeyOfTheConfiguration() throws UsageException {
    ServerArguments parsed =
        parse("server", "--config", "baton.yaml", "--node.id=n1", "--node.data-dir", "/d");

    assertThat(parsed.config()).isEqualTo("baton.yaml");
    assertThat(parsed.dev()).isFalse();
    assertThat(parsed.flags()).isEqualTo(Map.of("node.id", "n1", "node.data-dir", "/d"));
  }

  @Test
  void theWordServerMayBeLeftOut() throws UsageException {
    assertThat(parse("--dev").dev()).isTrue();
    assertThat(parse("--help").help()).isTrue();
    assertThat(parse("server", "--version").version()).isTrue();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> parse("server"))
        .isInstanceOf(UsageException.class)
        .hasMessage("say either --config FILE or --dev");
    assertThatThrownBy(() -> parse("--dev", "--config=x")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> parse("--config")).hasMessage("--config needs a value");
    assertThatThrownBy(() -> parse("--config=x", "--api=h:1")).hasMessageContaining("--dev");
    assertThatThrownBy(() -> parse("--dev", "n1")).hasMessage("'n1' is no flag");
  }

  @Test
  void aDevelopmentServerHasAGoodConfiguration() throws Exception {
    ServerConfig config =
        ConfigLoader.load(
                new ConfigLoader.Sources(
                    "--dev",
                    DevMode.configuration("127.0.0.1:7010"),
                    Map.of(),
                    Map.of("node.data-dir", "/d"),
                    "host"))
            .config();

    assertThat(config.own().api().bind()).hasToString("127.0.0.1:7010");
    assertThat(config.own().http().bind()).hasToString("127.0.0.1:7011");
    assertThat(config.own().raft().bind()).hasToString("127.0.0.1:7012");
    assertThatThrownBy(() -> DevMode.configuration("7000")).isInstanceOf(UsageException.class);
  }

  @Test
  void theBuildKnowsItsVersion() {
    assertThat(Version.current()).matches("\\d+\\.\\d+.*");
  }
}
