package io.baton.jepsen.trials;

import io.baton.proto.v1.DrainRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An operator drains the active, or its host. */
final class Drain {
  private static final Duration TTL = Duration.ofSeconds(5);

  private Drain() {}

  static Experiment experiment() {
    return new TimedExperiment(
        Setting.activePassive(Optional.of(TTL)),
        List.of(
            variant("drain of the active", Operator::member),
            variant("drain of the active's host", Operator::hostOf)));
  }

  private static TimedExperiment.Variant variant(
      String title, Function<Member, DrainRequest> what) {
    return Switchover.variant(
        title + ": from the command to the new active's onActive",
        stage -> trial(stage, what.apply(stage.active())));
  }

  private static Finding trial(Stage stage, DrainRequest what) throws InterruptedException {
    Handover handover = new Handover(stage, stage.active(), stage.standbys());
    Runnable undrain = stage.operator().undrain(what);
    Runnable drain = stage.operator().drain(what);
    try {
      return handover.by(drain);
    } finally {
      undrain.run();
    }
  }
}
