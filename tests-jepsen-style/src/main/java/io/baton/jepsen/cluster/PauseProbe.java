package io.baton.jepsen.cluster;

import io.baton.agent.Lease;
import io.baton.agent.NotActiveException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that its process was frozen, and does at once what a service would do that knows nothing
 * of it: asks the lease it holds, and writes under its epoch whatever the lease says. A thread of
 * its own.
 *
 * <p>The event {@code paused} tells what came of it: {@code assert} is {@code threw} or {@code
 * valid}, {@code write} is {@code accepted} or {@code refused}.
 */
final class PauseProbe implements Runnable {
  private static final long STEP_MILLIS = 2;

  private final long pauseNanos;
  private final Supplier<@Nullable Lease> held;
  private final RegisterClient register;
  private final EventPrinter events;

  /**
   * Takes as a pause whatever is longer than {@code pauseMillis}.
   *
   * @param held the lease that the service believes in, if any
   */
  PauseProbe(
      long pauseMillis,
      Supplier<@Nullable Lease> held,
      RegisterClient register,
      EventPrinter events) {
    this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    this.held = held;
    this.register = register;
    this.events = events;
  }

  @Override
  public void run() {
    try {
      Lease before = held.get();
      long last = System.nanoTime();
      while (true) {
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        long now = System.nanoTime();
        if (now - last > pauseNanos && before != null) {
          report(before, now - last);
        }
        last = now;
        before = held.get();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (IOException registerGone) {
      events.problem("the register is gone: " + registerGone.getMessage());
    }
  }

  private void report(Lease lease, long gapNanos) throws IOException {
    String asserted = assertActive(lease);
    String written = register.write(lease) ? "accepted" : "refused";
    events.print(
        AgentEvent.Kind.PAUSED,
        lease,
        Map.of(
            "assert",
            asserted,
            "write",
            written,
            "millis",
            Long.toString(TimeUnit.NANOSECONDS.toMillis(gapNanos))));
  }

  static String assertActive(Lease lease) {
    try {
      lease.assertActive();
      return "valid";
    } catch (NotActiveException ended) {
      return "threw";
    }
  }
}
