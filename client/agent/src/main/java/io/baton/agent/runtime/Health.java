package io.baton.agent.runtime;

import io.baton.agent.health.CheckSettings;
import io.baton.agent.health.Movement;
import io.baton.agent.health.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All checks of one group's member at work. Any thread. */
final class Health implements AutoCloseable {
  /** A loop that stands still is noticed that much later, at most. */
  private static final int LOOKS_AN_AGE = 5;

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(20);

  private final Map<String, Movement> movements = new LinkedHashMap<>();
  private final List<CheckLoop> loops = new ArrayList<>();
  private final Consumer<Verdict> told;

  /**
   * None runs before {@link #start}.
   *
   * @param told what all of them say together, each time one was looked at
   */
  Health(HealthSettings settings, AgentRuntime runtime, Consumer<Verdict> told) {
    this.told = told;
    for (HealthSettings.NamedCheck check : settings.checks()) {
      loops.add(
          new CheckLoop(
              check.name(),
              check.check(),
              check.settings(),
              runtime.io(),
              runtime.observers(),
              this::tell));
    }
    settings
        .movements()
        .forEach(
            (loop, maxAge) -> {
              Movement movement = new Movement(maxAge, System::nanoTime);
              movements.put(loop, movement);
              loops.add(
                  new CheckLoop(
                      loop,
                      movement,
                      looks(maxAge),
                      runtime.io(),
                      runtime.observers(),
                      this::tell));
            });
  }

  private static CheckSettings looks(Duration maxAge) {
    Duration interval = maxAge.dividedBy(LOOKS_AN_AGE);
    return CheckSettings.DEFAULT
        .every(interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval)
        .counts(1, 1);
  }

  void start() {
    loops.forEach(CheckLoop::start);
  }

  /** One at a time, or an older word could come last. */
  private synchronized void tell() {
    Verdict all = Verdict.WELL;
    for (CheckLoop loop : loops) {
      all = all.and(loop.verdict());
    }
    told.accept(all);
  }

  /**
   * A loop has come round.
   *
   * @throws IllegalArgumentException nobody watches a loop of that name
   */
  void moved(String loop) {
    Movement movement = movements.get(loop);
    if (movement == null) {
      throw new IllegalArgumentException("progress: no loop " + loop + " is watched");
    }
    movement.moved();
  }

  @Override
  public void close() {
    loops.forEach(CheckLoop::close);
  }
}
