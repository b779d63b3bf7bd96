package io.baton.jepsen.cluster;

import io.baton.agent.Agent;
import io.baton.agent.AgentBuilder;
import io.baton.agent.health.CheckSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a service for trials is fit: a check that fails when it is told to, and a loop that
 * stands still when it is told to. The loop has a thread of its own.
 */
final class Fitness {
  private static final String LOOP = "loop";
  private static final int FALL = 2;
  private static final CheckSettings OFTEN =
      CheckSettings.DEFAULT
          .every(Duration.ofMillis(500))
          .within(Duration.ofMillis(500))
          .counts(1, FALL);
  private static final Duration OLDEST = Duration.ofSeconds(3);
  private static final long ROUND_MILLIS = 200;

  private final EventPrinter events;
  private volatile boolean ill;
  private volatile boolean hung;
  private final AtomicInteger failures = new AtomicInteger();

  Fitness(EventPrinter events) {
    this.events = events;
  }

  /** Adds the check and the loop to the agent's group. */
  void watchedBy(AgentBuilder builder) {
    builder.check("fit", this::check, OFTEN).progress(LOOP, OLDEST);
  }

  private void check() {
    if (!ill) {
      failures.set(0);
    } else {
      if (failures.incrementAndGet() == FALL) {
        events.print(AgentEvent.Kind.ILL, 0, Map.of());
      }
      throw new IllegalStateException("told to be ill");
    }
  }

  void ill(boolean now) {
    ill = now;
  }

  void hung(boolean now) {
    hung = now;
  }

  /** The loop. */
  void goRound(Agent agent) {
    try {
      while (true) {
        if (!hung) {
          agent.progress(LOOP);
        }
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
