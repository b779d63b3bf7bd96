package io.baton.jepsen.torture;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a signal to this process means: the run is told to end, has some seconds to take its
 * processes, networks and files with it, and there is no verdict.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 20;

  private final Thread run = Thread.currentThread();
  private final PrintStream out;
  private final Path folder;
  private final Thread hook = new Thread(this::interrupt, "interruption");

  private Interruption(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /** From now on, of the calling thread, until it is closed. */
  static Interruption reportedTo(PrintStream out, Path folder) {
    Interruption interruption = new Interruption(out, folder);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupt() {
    out.println("interrupted: there is no verdict; what happened so far is in " + folder);
    run.interrupt();
    try {
      run.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Signals mean again what they did. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException already) {
      // It is what ends this run.
    }
  }
}
