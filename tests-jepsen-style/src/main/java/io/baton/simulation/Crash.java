package io.baton.simulation;

/**
 * Something that is simulated, or the simulation itself, has thrown what it should not. The message
 * names the seed and the command that plays exactly that again.
 */
public final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1;

  Crash(Throwable thrown, long atNanos, Replay replay) {
    super(
        "crash at "
            + atNanos / Scheduler.MILLI
            + " ms of seed "
            + replay.seed()
            + ": "
            + thrown
            + "\n  play it again: "
            + replay,
        thrown);
  }
}
