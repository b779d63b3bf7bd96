package io.baton.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SwitchoverVerbTest {
  @Test
  void theWaitingHasTimeForTheDeadlineAndTheHandover() {
    assertThat(SwitchoverVerb.patienceByDefault(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
    assertThat(SwitchoverVerb.patienceByDefault(Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofMinutes(6));
  }
}
