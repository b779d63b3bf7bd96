package io.baton.coordinator;

import io.baton.coordinator.service.FaultHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process with a clear last line: a coordinator is serving or dead (design §5.2). Other
 * threads go on until the very end, but what they log is not printed any more.
 */
final class ProcessFaults implements FaultHandler {
  private static final long LAST_WORDS_MILLIS = 1_000;

  @Override
  public IllegalStateException fatal(String what, @Nullable Throwable cause) {
    haltSoon();
    Main.flushLog();
    if (cause != null) {
      cause.printStackTrace();
    }
    System.err.println("baton: fatal: " + what + (cause == null ? "" : ": " + cause));
    Runtime.getRuntime().halt(1);
    return new IllegalStateException(what, cause);
  }

  /** A reader of stderr that has stalled must not keep a dead process alive. */
  private static void haltSoon() {
    Thread halt =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "baton-halt");
    halt.setDaemon(true);
    halt.start();
  }
}
