package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Canary;
import java.io.PrintStream;
import java.util.List;

/**
 * Repeats one fault on a {@link Stage} and judges the times; one or more variants of it, one after
 * the other.
 *
 * @param setting the stage's, but for a TTL that the options name
 */
record TimedExperiment(Setting setting, List<Variant> variants) implements Experiment {
  /** One trial. */
  @FunctionalInterface
  interface Trial {
    /** Does it to a stage that is settled. */
    Finding on(Stage stage) throws InterruptedException;
  }

  /** Bounds that depend on the TTL in ms. */
  @FunctionalInterface
  interface BoundsByTtl {
    Bounds of(long ttlMillis);
  }

  /**
   * A fault with its bounds.
   *
   * @param warmUps how many trials come first whose times are not judged
   */
  record Variant(String title, BoundsByTtl bounds, int warmUps, Trial trial) {
    /** Where each trial counts. */
    Variant(String title, BoundsByTtl bounds, Trial trial) {
      this(title, bounds, 0, trial);
    }
  }

  @Override
  public int run(Options options, PrintStream out) throws InterruptedException {
    try (Canary canary = Canary.start();
        Stage stage = Stage.open(setting.withTtl(options.ttl()))) {
      int worst = KEPT;
      for (Variant variant : variants) {
        worst = Experiment.worse(worst, run(variant, options.trials(), stage, canary, out));
      }
      if (worst == BROKEN) {
        stage.keepFiles();
        out.println("logs are in " + stage.cluster().directory());
      }
      return worst;
    }
  }

  private static int run(Variant variant, int trials, Stage stage, Canary canary, PrintStream out)
      throws InterruptedException {
    out.println(variant.title() + " (TTL " + stage.ttlMillis() + " ms)");
    Judgement judgement = new Judgement(variant.bounds().of(stage.ttlMillis()));
    for (int i = 0; i < variant.warmUps() && !judgement.isBroken(); i++) {
      out.println(judgement.addWarmUp(findings(variant, stage, canary), canary.worstMillis()));
    }
    for (int i = 0; i < trials && !judgement.isBroken(); i++) {
      out.println(judgement.add(findings(variant, stage, canary), canary.worstMillis()));
    }
    judgement.summary().forEach(out::println);
    out.println();
    return judgement.verdict();
  }

  private static Finding findings(Variant variant, Stage stage, Canary canary)
      throws InterruptedException {
    try {
      stage.settle();
      canary.begin();
      return variant.trial().on(stage);
    } catch (IllegalStateException inVain) {
      return new Finding(
          Stage.PATIENCE.toSeconds() * 1e3, "", List.of(String.valueOf(inVain.getMessage())));
    }
  }
}
