package io.baton.jepsen.trials;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An operator moves the lease to a standby. */
final class Switchover {
  /** Of a handover in good order, without what the last one's onPassive takes. */
  static final Bounds BOUNDS = Bounds.median(50);

  /** JVMs that have just started interpret what runs in a handover. */
  static final int WARM_UPS = 10;

  private static final Duration TTL = Duration.ofSeconds(5);

  private Switchover() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.of(TTL)),
        List.of(
            variant(
                "switchover: from the command to the new active's onActive", Switchover::trial)));
  }

  /** A fault that has the bounds of a handover in good order. */
  static TimedExperiment.Variant variant(String title, TimedExperiment.Trial trial) {
    return new TimedExperiment.Variant(title, ttl -> BOUNDS, WARM_UPS, trial);
  }

  /** Where several are active, it is the first one's slot that goes over. */
  static Finding trial(Stage stage) throws InterruptedException {
    Member from = stage.active();
    Member to = stage.standbys().get(0);
    Handover handover = new Handover(stage, from, List.of(to));
    int slot = from.process().active().orElseThrow().slot();
    return handover.by(stage.operator().switchover(slot, to));
  }
}
