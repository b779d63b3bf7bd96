package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Stops and continues a process many times a second, so that it gets a small share of its time. A
 * shell does it: it takes no process for a signal or a short sleep. Not thread-safe.
 */
final class Strobe {
  private static final String SCRIPT =
      """
      exec 9<> <(:)
      while kill -STOP $0 2>/dev/null; do
        read -rt 0.09 -u 9
        kill -CONT $0 2>/dev/null
        read -rt 0.01 -u 9
      done
      """;

  private final Process shell;

  private Strobe(Process shell) {
    this.shell = shell;
  }

  /** Begins with a process that this one started. */
  static Strobe start(long pid) {
    try {
      return new Strobe(new ProcessBuilder("bash", "-c", SCRIPT, Long.toString(pid)).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the process alone, which runs or not. */
  void pause() {
    if (shell.isAlive()) {
      Signals.send("STOP", shell.pid());
    }
  }

  /** Goes on. */
  void resume() {
    if (shell.isAlive()) {
      Signals.send("CONT", shell.pid());
    }
  }

  /** Ends; the process runs or not. */
  void end() {
    shell.destroyForcibly();
    try {
      shell.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
