package io.baton.jepsen.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.nemesis.Nemesis;
import io.baton.jepsen.scene.Hosts;
import io.baton.proto.v1.Mode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChoiceTest {
  @Test
  void whatHasNothingToDoInGroupsOfAModeIsSkippedAndNamed() {
    try (Hosts hosts = new Hosts(false)) {
      Set<String> names = Set.of("switchover", "revoke");

      Choice shared = Choice.of(names, hosts, List.of(Mode.MODE_SHARDED));
      assertThat(shared.nemeses()).extracting(Nemesis::name).containsExactly("revoke");
      assertThat(shared.skipped()).singleElement().asString().startsWith("switchover: ");

      Choice both = Choice.of(names, hosts, List.of(Mode.MODE_SHARDED, Mode.MODE_N_ACTIVE));
      assertThat(both.nemeses()).hasSize(2);
    }
  }
}
