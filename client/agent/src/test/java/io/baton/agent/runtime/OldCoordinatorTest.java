package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baton.agent.Agent;
import io.baton.agent.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A coordinator of an older version, as it was recorded, serves an agent of this one. That older
 * agents are served by this version's coordinators is {@code RecordedSessionsIT}'s.
 */
@Timeout(60)
final class OldCoordinatorTest {
  private static final Path RECORDED = Path.of("../../proto/src/recorded/sessions-1.txt");

  @Test
  void aCoordinatorFromBeforeThereWerePoliciesIsFollowed() throws Exception {
    RecordingListener listener = new RecordingListener();
    try (RecordedCoordinator coordinator = new RecordedCoordinator(RECORDED, 1)) {
      try (Agent agent =
          Agent.builder()
              .endpoints(coordinator.address())
              .group("g")
              .member("a")
              .listener(listener)
              .readiness(Readiness.READY)
              .closeTimeout(Duration.ofSeconds(5))
              .start()) {
        await()
            .untilAsserted(
                () ->
                    assertThat(listener.calls())
                        .containsExactly("active 6", "passive SWITCHOVER", "active 17"));
        assertThat(agent.lease().orElseThrow().epoch()).isEqualTo(17);
      }
      assertThat(listener.calls()).endsWith("passive CLOSING");
      assertThat(coordinator.isOver()).isTrue();
    }
  }
}
