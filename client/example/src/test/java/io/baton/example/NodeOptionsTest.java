package io.baton.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeOptionsTest {
  private static final Set<String> OWN = Set.of("--database-url");

  @Test
  void optionsOfOneKindOfNodeAreNotThoseOfAnother() {
    NodeOptions options = parse(OWN, "--member", "node-1", "--database-url", "jdbc:h2:mem:x");

    assertThat(options.member()).isEqualTo("node-1");
    assertThat(options.group()).isEqualTo("jobs");
    assertThatThrownBy(() -> parse(Set.of(), "--database-url", "jdbc:h2:mem:x"))
        .hasMessageContaining("--database-url");
  }

  @Test
  void weightHasToBeANumber() {
    NodeOptions options = parse(OWN, "--member", "node-1", "--weight", "heavy");

    assertThatThrownBy(options::agent).hasMessageContaining("--weight");
  }

  private static NodeOptions parse(Set<String> own, String... line) {
    return NodeOptions.parse(line, own);
  }
}
