package io.baton.simulation;

import io.baton.agent.protocol.Progress;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the members of the last group are with their data: who is active leads, others follow. Of
 * the others nothing is said, so that other rules choose.
 */
final class Positions {
  private static final long EVERY = Scheduler.SECOND / 2;
  private static final int STEP = 20;
  private static final int FURTHEST_BEHIND = 300;

  private final World world;
  private final Map<SimAgent, Long> said = new HashMap<>();

  private long furthest;

  Positions(World world) {
    this.world = world;
  }

  void begin() {
    world
        .scheduler()
        .after(
            EVERY,
            () -> {
              String last = world.groups().get(world.groups().size() - 1);
              world.agents().stream().filter(a -> a.group().equals(last)).forEach(this::move);
              begin();
            });
  }

  private void move(SimAgent agent) {
    if (!agent.life().running()) {
      return;
    }
    long position = said.getOrDefault(agent, 0L);
    if (!agent.beliefs().isEmpty()) {
      position += world.random().nextInt(STEP);
      furthest = Math.max(furthest, position);
    } else if (world.random().nextInt(4) == 0) {
      long behind = world.random().nextInt(FURTHEST_BEHIND);
      position = Math.max(position, furthest - behind);
    }
    said.put(agent, position);
    agent.say(new Progress(position, Progress.NONE.resyncPermille()));
  }
}
