package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A log that hangs holds nobody up. */
class LogLaneTest {
  @Test
  void whatDoesNotFitIsDroppedAndCounted() throws InterruptedException {
    CountDownLatch logHangs = new CountDownLatch(1);
    CountDownLatch logWorks = new CountDownLatch(1);
    try (LogLane log = new LogLane(Thread::new)) {
      log.write(
          () -> {
            logHangs.countDown();
            try {
              logWorks.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      logHangs.await();
      for (int i = 0; i < 2_000; i++) {
        log.write(() -> {});
      }
      assertThat(log.dropped()).isEqualTo(1_000);
      logWorks.countDown();
    }
  }
}
