package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Set<String> KNOWN = Set.of("--member", "--port");

  @Test
  void namesAndValuesComeInPairs() {
    Arguments arguments = parse("--member", "node-1", "--port", "9000");

    assertThat(arguments.required("--member")).isEqualTo("node-1");
    assertThat(arguments.number("--port", 1)).isEqualTo(9000);
  }

  @Test
  void absentOptionsHaveTheirFallback() {
    assertThat(parse().number("--port", 9092)).isEqualTo(9092);
    assertThat(parse().orElse("--member", "node-1")).isEqualTo("node-1");
    assertThat(parse().orNull("--member")).isNull();
  }

  @Test
  void complaintsNameTheOption() {
    assertThatThrownBy(() -> parse("--colour", "red")).hasMessageContaining("--colour");
    assertThatThrownBy(() -> parse("--port")).hasMessageContaining("--port needs a value");
    assertThatThrownBy(() -> parse().required("--member")).hasMessageContaining("--member");
    assertThatThrownBy(() -> parse("--port", "-1").number("--port", 1))
        .hasMessageContaining("--port");
    assertThatThrownBy(() -> parse("--port", "x").number("--port", 1))
        .hasMessageContaining("--port");
  }

  private static Arguments parse(String... line) {
    return Arguments.parse(line, KNOWN);
  }
}
