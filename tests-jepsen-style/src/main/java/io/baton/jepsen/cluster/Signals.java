package io.baton.jepsen.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that this one started. */
final class Signals {
  private Signals() {}

  /**
   * Returns when the signal was sent, some milliseconds after the call; whether there was such a
   * process.
   */
  static boolean send(String signal, long pid) {
    try {
      return new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending SIG" + signal, e);
    }
  }
}
