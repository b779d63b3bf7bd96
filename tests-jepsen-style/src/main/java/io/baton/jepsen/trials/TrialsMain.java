package io.baton.jepsen.trials;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code scripts/trials EXPERIMENT [-n N] [--ttl DURATION]}. */
public final class TrialsMain {
  private static final int USAGE = 2;

  private static final Map<String, Supplier<Experiment>> EXPERIMENTS =
      new TreeMap<>(
          Map.ofEntries(
              entry("crash", Crash::experiment),
              entry("switchover", Switchover::experiment),
              entry("leader", LeaderLoss::experiment),
              entry("both", Both::experiment),
              entry("freeze", Freeze::experiment),
              entry("deposed", Deposed::experiment),
              entry("deposed-selfcheck", Deposed::selfCheck),
              entry("many", Many::experiment),
              entry("killall", KillAll::experiment),
              entry("wipe", Wipe::experiment),
              entry("full", Full::experiment),
              entry("restart", Restart::experiment),
              entry("shards", Shards::experiment),
              entry("modes", Modes::experiment),
              entry("n-active", NActive::experiment),
              entry("all-active", AllActive::experiment),
              entry("shards-drain", ShardsDrain::experiment),
              entry("drain", Drain::experiment),
              entry("unhealthy", Unhealthy::experiment),
              entry("manual", Manual::experiment),
              entry("peers", Peers::experiment)));

  private TrialsMain() {}

  /**
   * Runs one experiment. Exits 0 if all was well, 1 if a promise was broken or a bound passed, 75
   * if the machine was too busy to judge, 2 on wrong usage.
   */
  public static void main(String[] args) throws InterruptedException {
    Supplier<Experiment> experiment = args.length == 0 ? null : EXPERIMENTS.get(args[0]);
    if (experiment == null) {
      System.err.println(
          "usage: trials " + String.join("|", EXPERIMENTS.keySet()) + " [-n N] [--ttl DURATION]");
      System.exit(USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException wrong) {
      System.err.println("trials: " + wrong.getMessage());
      System.exit(USAGE);
      return;
    }
    System.exit(experiment.get().run(options, System.out));
  }
}
