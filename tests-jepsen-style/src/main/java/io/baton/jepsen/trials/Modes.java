package io.baton.jepsen.trials;

import java.util.List;

/** Every switch of every mode but those that have been there from the beginning. */
final class Modes {
  private Modes() {}

  static Experiment experiment() {
    List<Experiment> all =
        List.of(
            NActive.experiment(),
            AllActive.experiment(),
            ShardsDrain.experiment(),
            Drain.experiment(),
            Unhealthy.experiment(),
            Manual.experiment(),
            Peers.experiment());
    return (options, out) -> {
      int worst = Experiment.KEPT;
      for (Experiment each : all) {
        worst = Experiment.worse(worst, each.run(options, out));
      }
      return worst;
    };
  }
}
