package io.baton.jepsen.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Stops and continues a process many times a second, so that it gets a small share of its time. A
 * shell does it: it takes no process for a signal or a short sleep.
 */
final class Strobe implements AutoCloseable {
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
  private final long pid;

  private Strobe(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /** Begins with a process that this one started. */
  static Strobe start(long pid) {
    try {
      return new Strobe(new ProcessBuilder("bash", "-c", SCRIPT, Long.toString(pid)).start(), pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends; the process runs, if it still lives. */
  @Override
  public void close() {
    shell.destroyForcibly();
    try {
      shell.waitFor();
      new ProcessBuilder("kill", "-CONT", Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
