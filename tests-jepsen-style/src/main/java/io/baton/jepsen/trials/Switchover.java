package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An operator moves the lease to a standby. */
final class Switchover {
  private static final Duration TTL = Duration.ofSeconds(5);

  private Switchover() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Optional.of(TTL),
        List.of(
            new TimedExperiment.Variant(
                "switchover: from the command to the new active's onActive",
                ttl -> Bounds.median(50),
                Switchover::trial)));
  }

  private static Finding trial(Stage stage) throws InterruptedException {
    Member from = stage.active();
    Member to = stage.standbys().get(0);
    int position = from.process().position();
    Runnable command = stage.switchover(to);
    long asked = System.nanoTime();
    command.run();
    long activated = stage.awaitActivation(List.of(to), asked);
    AgentEvent stopped = from.process().await(Kind.PASSIVE, Stage.PATIENCE, position);
    List<String> broken = new ArrayList<>(stage.broken());
    if (stopped.nanos() > activated) {
      broken.add(to.id() + " was called before onPassive of " + from.id() + " had returned");
    }
    String gap =
        String.format(
            Locale.ROOT, "nobody active for %.1f ms", (activated - stopped.nanos()) / 1e6);
    return Finding.of(activated - asked, gap, broken);
  }
}
