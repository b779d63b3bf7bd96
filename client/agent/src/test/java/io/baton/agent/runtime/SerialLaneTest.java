package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lane outlives a pool that has no thread for a moment. */
class SerialLaneTest {
  @Test
  void aTaskThatWasRefusedAThreadRunsBeforeTheNextOne() {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    SerialLane lane =
        new SerialLane(
            task -> {
              if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    List<String> ran = new ArrayList<>();
    assertThatThrownBy(() -> lane.execute(() -> ran.add("first")))
        .isInstanceOf(OutOfMemoryError.class);
    exhausted.set(false);
    lane.execute(() -> ran.add("second"));
    assertThat(ran).containsExactly("first", "second");
  }
}
