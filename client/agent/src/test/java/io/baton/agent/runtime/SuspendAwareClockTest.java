package io.baton.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rule 12: what counts as a suspension. */
class SuspendAwareClockTest {
  private static final long MILLI = 1_000_000L;

  private final AtomicLong monotonic = new AtomicLong(5_000 * MILLI);
  private final AtomicLong slept = new AtomicLong();
  private long pauseWhileReading;

  /** Steps of 10 ms, like the kernel's. */
  private final BootTime bootTime =
      new BootTime() {
        @Override
        public long nanos() {
          long boot = (monotonic.get() + slept.get()) / (10 * MILLI) * (10 * MILLI);
          monotonic.addAndGet(pauseWhileReading);
          return boot;
        }

        @Override
        public long toleranceNanos() {
          return 30 * MILLI;
        }
      };

  private final SuspendAwareClock clock = new SuspendAwareClock(monotonic::get, bootTime);

  @Test
  void aSuspensionIsAddedAndCountedOnce() {
    slept.addAndGet(60_000 * MILLI);
    assertThat(clock.nanos()).isGreaterThanOrEqualTo(59_990 * MILLI);
    assertThat(clock.reading().suspensions()).isEqualTo(1);
    assertThat(clock.reading().suspensions()).isEqualTo(1);
  }

  @Test
  void theStepsOfTheBootClockAreNoSuspension() {
    for (int i = 0; i < 10_000; i++) {
      monotonic.addAndGet(MILLI + i % 7_000);
      assertThat(clock.reading().suspensions()).isZero();
    }
  }

  @Test
  void aPauseBetweenTheReadingsIsNoSuspension() {
    pauseWhileReading = 2_000 * MILLI;
    assertThat(clock.reading().suspensions()).isZero();
    pauseWhileReading = 0;
    assertThat(clock.reading().suspensions()).isZero();
  }

  @Test
  void theClockOfThisMachineRunsAtItsMonotonicPace() {
    SuspendAwareClock real = SuspendAwareClock.ofThisMachine();
    long before = System.nanoTime();
    long first = real.nanos();
    long second = real.nanos();
    long after = System.nanoTime();
    assertThat(second - first).isBetween(0L, after - before);
  }
}
