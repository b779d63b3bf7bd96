package io.baton.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.cli.exit.Failure;
import io.grpc.ManagedChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an address is one to gRPC, too. */
class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "n1,             n1:7000",
    "n1:1,           n1:1",
    "N-1.db.local:9, N-1.db.local:9",
    "10.0.0.1:65535, 10.0.0.1:65535",
    "[::1],          [::1]:7000",
    "[fe80::a:1]:5,  [fe80::a:1]:5",
    "[fe80::1%eth0]:5, [fe80::1%eth0]:5",
  })
  void anAddressOpensAChannel(String text, String read) {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint).hasToString(read);
    try (Channels channels = new Channels()) {
      ManagedChannel channel = channels.to(endpoint);
      assertThat(channel.authority()).isEqualTo(read);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%%:1",
        "n1$:1",
        "a/b:1",
        "a b:1",
        "a@b:1",
        "a?b",
        "a#b",
        "-n:1",
        "a..b:1",
        "é:1",
        ":1",
        "n1:",
        "n1:0",
        "n1:65536",
        "n1:+1",
        "::1",
        "::1:7",
        "[::1",
        "::1]",
        "[::1]7",
        "[]:1",
        "[n1]:1",
        "[:::::]:1",
        "[1.2.3.4]:1",
        "[[::1]]:1",
        "a_b:1",
        "a_b.local"
      })
  void whatIsNoAddressIsNamed(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'" + text + "'");
  }
}
