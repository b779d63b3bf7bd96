package io.baton.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In one process onActive and onPassive alternate, and never run at the same time. */
final class CallbacksArePaired implements Invariant {
  private final Map<Life, Boolean> active = new HashMap<>();
  private String wrong = "";

  void started(SimAgent agent) {
    if (Boolean.TRUE.equals(active.put(agent.life(), true))) {
      wrong = agent.id() + " gets onActive twice in a row";
    }
  }

  void ended(SimAgent agent) {
    if (!Boolean.TRUE.equals(active.put(agent.life(), false))) {
      wrong = agent.id() + " gets onPassive without onActive";
    }
  }

  @Override
  public @Nullable String broken(World world) {
    return wrong.isEmpty() ? null : wrong;
  }
}
