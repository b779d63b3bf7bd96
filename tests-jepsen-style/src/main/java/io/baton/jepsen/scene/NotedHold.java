package io.baton.jepsen.scene;

import io.baton.jepsen.cluster.Hold;
import java.util.function.BooleanSupplier;

/**
 * A hold whose end is written down.
 *
 * @param held whether anybody still holds the process
 */
record NotedHold(Hold hold, BooleanSupplier held, Outages outages, String host) implements Hold {
  @Override
  public void release() {
    hold.release();
    if (!held.getAsBoolean()) {
      outages.thawed(host);
    }
  }

  @Override
  public boolean during(Runnable action) {
    return hold.during(action);
  }
}
