package io.baton.agent.runtime;

import io.baton.agent.health.CheckSettings;
import io.baton.agent.health.Movement;
import io.baton.agent.health.Verdict;
import io.baton.agent.protocol.GroupCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All checks of one group's member at work, its own and those of the group's spec. Any thread. */
final class Health implements AutoCloseable {
  /** A loop that stands still is noticed that much later, at most. */
  private static final int LOOKS_AN_AGE = 5;

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(20);

  private final Map<String, Movement> movements = new LinkedHashMap<>();
  private final List<CheckLoop> own = new ArrayList<>();
  private final AgentRuntime runtime;
  private final boolean commandsAllowed;
  private final Runnable told;
  private Map<GroupCheck, CheckLoop> ofSpec = Map.of();
  private boolean closed;
  private volatile List<CheckLoop> loops;
  private volatile String notRun = "";

  /**
   * None runs before {@link #start}.
   *
   * @param told run each time one was looked at
   */
  Health(HealthSettings settings, AgentRuntime runtime, Runnable told) {
    this.runtime = runtime;
    this.commandsAllowed = settings.specCommands();
    this.told = told;
    for (HealthSettings.NamedCheck check : settings.checks()) {
      own.add(loop(check));
    }
    settings
        .movements()
        .forEach(
            (loop, maxAge) -> {
              Movement movement = new Movement(maxAge, System::nanoTime);
              movements.put(loop, movement);
              own.add(loop(new HealthSettings.NamedCheck(loop, movement, looks(maxAge))));
            });
    loops = List.copyOf(own);
  }

  private CheckLoop loop(HealthSettings.NamedCheck check) {
    return new CheckLoop(
        check.name(), check.check(), check.settings(), runtime.io(), runtime.observers(), told);
  }

  private static CheckSettings looks(Duration maxAge) {
    Duration interval = maxAge.dividedBy(LOOKS_AN_AGE);
    return CheckSettings.DEFAULT
        .every(interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval)
        .counts(1, 1);
  }

  void start() {
    own.forEach(CheckLoop::start);
  }

  /**
   * Looks at what the group's spec says now: what it said before goes on as it was, the rest begins
   * or ends. Never blocks, and tells nobody before it has returned.
   */
  synchronized void ofSpec(List<GroupCheck> checks) {
    if (closed) {
      return;
    }
    Map<GroupCheck, CheckLoop> next = new LinkedHashMap<>();
    List<CheckLoop> begun = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (GroupCheck check : checks) {
      String obstacle = SpecChecks.obstacle(check, commandsAllowed);
      CheckLoop present = ofSpec.get(check);
      if (!obstacle.isEmpty()) {
        left.add("check " + SpecChecks.nameOf(check) + " is not run: " + obstacle);
      } else if (present != null) {
        next.put(check, present);
      } else {
        CheckLoop loop = loop(SpecChecks.of(check));
        next.put(check, loop);
        begun.add(loop);
      }
    }
    ofSpec.forEach(
        (check, loop) -> {
          if (!next.containsKey(check)) {
            loop.close();
          }
        });
    ofSpec = next;
    List<CheckLoop> all = new ArrayList<>(own);
    all.addAll(next.values());
    loops = List.copyOf(all);
    say(String.join("; ", left));
    runtime
        .io()
        .execute(
            () -> {
              begun.forEach(CheckLoop::start);
              told.run();
            });
  }

  private void say(String obstacles) {
    if (!obstacles.isEmpty() && !obstacles.equals(notRun)) {
      runtime.log().warn(obstacles);
    }
    notRun = obstacles;
  }

  /** What all of them say together, now; never blocks. */
  Verdict verdict() {
    Verdict all = Verdict.WELL;
    for (CheckLoop loop : loops) {
      all = all.and(loop.verdict());
    }
    return all.state() == Verdict.State.WELL ? new Verdict(Verdict.State.WELL, notRun) : all;
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
  public synchronized void close() {
    closed = true;
    loops.forEach(CheckLoop::close);
  }
}
