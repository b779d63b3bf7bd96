package io.baton.example;

import io.baton.agent.Resync;
import io.baton.agent.health.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What can be wrong with a node, turned on from outside by files in a directory, to see what the
 * cluster makes of it. A service of yours has a real check, loop and copy in these places.
 *
 * <ul>
 *   <li>{@code ill}: the check fails, with the file's text as the reason
 *   <li>{@code stumble}: the check fails once, and deletes the file
 *   <li>{@code hung}: loops stand still
 *   <li>{@code slow-copy}: the copy stays where it is when half of it is done
 * </ul>
 */
record Trouble(Path dir) {
  private static final int COPY_STEPS = 10;
  private static final long STEP_MILLIS = 20;
  private static final long POLL_MILLIS = 50;

  /** Fails while the node is ill; each look is an event. */
  Check check() {
    return () -> {
      try {
        look();
        EventLine.print("looked", "well=true");
      } catch (IOException ill) {
        EventLine.print("looked", "well=false");
        throw ill;
      }
    };
  }

  private void look() throws IOException {
    if (Files.deleteIfExists(dir.resolve("stumble"))) {
      throw new IOException("stumbled");
    }
    if (Files.exists(dir.resolve("ill"))) {
      throw new IOException(Files.readString(dir.resolve("ill")).strip());
    }
  }

  /** Returns at once unless loops are to stand still. A hung loop does not answer interrupts. */
  void hangIfTold() {
    waitWhile("hung");
  }

  /** Stands for a copy of the data that are to be brought up to date. */
  void copy(Resync.Progress progress) throws InterruptedException {
    EventLine.print("copying", "steps=" + COPY_STEPS);
    for (int step = 1; step <= COPY_STEPS; step++) {
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      progress.done((double) step / COPY_STEPS);
      if (step == COPY_STEPS / 2) {
        waitWhile("slow-copy");
      }
    }
    EventLine.print("copied", "steps=" + COPY_STEPS);
  }

  private void waitWhile(String file) {
    while (Files.exists(dir.resolve(file))) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }
}
