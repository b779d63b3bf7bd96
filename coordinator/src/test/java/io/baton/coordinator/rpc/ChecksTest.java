package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
  @ParameterizedTest
  @ValueSource(strings = {"n1:7000", "10.0.0.1:1", "baton-0.baton.svc:65535", "[::1]:7000"})
  void anAddressIsAHostAndAPort(String address) {
    assertThat(Checks.address("f", address)).isEqualTo(address);
  }

  /** Some of these make a client of gRPC throw, or dial what is no host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n1",
        "n1:",
        ":7000",
        "n1:0",
        "n1:65536",
        "n1:99999",
        "%%%:80",
        "::::1:5",
        "http://x:80",
        "[::1:5",
        "ä:5",
        "unix:/tmp/x:1",
        "n1:7000 ",
        "n1:70:00"
      })
  void anythingElseIsRefused(String address) {
    assertThatThrownBy(() -> Checks.address("f", address))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(address.isEmpty() ? "is missing" : "is not host:port");
  }
}
