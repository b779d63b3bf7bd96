package io.baton.coordinator.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparinglyTest {
  @Test
  void onceInAPauseIsAllowed() {
    AtomicLong now = new AtomicLong(-5);
    Sparingly walks = new Sparingly(Duration.ofNanos(10), now::get);

    assertThat(walks.allowed()).isTrue();
    now.addAndGet(9);
    assertThat(walks.allowed()).isFalse();
    now.addAndGet(1);
    assertThat(walks.allowed()).isTrue();
    assertThat(walks.allowed()).isFalse();
  }
}
