package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing that an agent throws ends the watchdog. */
class WatchdogTest {
  @Test
  void anErrorInOneAgentLeavesTheOthersTheirAlarms() throws InterruptedException {
    SuspendAwareClock clock = SuspendAwareClock.ofThisMachine();
    try (LogLane log = new LogLane(Thread::new);
        Watchdog watchdog = new Watchdog(clock, log)) {
      Watchdog.Alarm failing =
          watchdog.alarm(
              () -> {
                throw new OutOfMemoryError("unable to create native thread");
              });
      failing.setTo(clock.nanos());
      CountDownLatch woken = new CountDownLatch(1);
      watchdog.alarm(woken::countDown).setTo(clock.nanos() + 100_000_000);
      assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
