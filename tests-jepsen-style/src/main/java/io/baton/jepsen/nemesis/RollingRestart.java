package io.baton.jepsen.nemesis;

import io.baton.jepsen.scene.Scene;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Every coordinator is stopped in good order and started again, one after the other. */
final class RollingRestart implements Nemesis {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public Stroke strike(Scene scene, RandomGenerator random) {
    List<Integer> order = Pick.shuffled(scene, random);
    Background work = Background.start(name(), stop -> restart(scene, order, stop));
    return Stroke.until(String.join(" ", Pick.names(scene, order)), work::close);
  }

  private static void restart(Scene scene, List<Integer> order, Background.Stop stop)
      throws InterruptedException {
    for (int next : order) {
      if (stop.wanted()) {
        return;
      }
      try {
        scene.coordinators().terminate(next);
        scene.coordinators().ensureRunning(next);
        scene.cluster().awaitServing(next, PATIENCE);
      } catch (IllegalStateException hindered) {
        // Another fault is in the way; what it left is started after the storm.
        scene
            .history()
            .add("note", System.nanoTime(), Background.note("rolling-restart", hindered));
      }
    }
  }
}
