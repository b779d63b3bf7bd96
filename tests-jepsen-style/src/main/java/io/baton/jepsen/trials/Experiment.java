package io.baton.jepsen.trials;

import java.io.PrintStream;

/** Something that {@code scripts/trials} can try. */
interface Experiment {
  /** All promises kept, all bounds too. */
  int KEPT = 0;

  /** A promise was broken, or a bound passed. */
  int BROKEN = 1;

  /** EX_TEMPFAIL: the machine was too busy to judge the bounds; no promise was broken. */
  int TOO_BUSY = 75;

  /** The exit status of two that were tried. */
  static int worse(int one, int other) {
    return one == BROKEN || other == BROKEN ? BROKEN : Math.max(one, other);
  }

  /** Tries it, tells how it went, and returns the exit status; blocks for minutes. */
  int run(Options options, PrintStream out) throws InterruptedException;
}
