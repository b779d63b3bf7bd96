package io.baton.jepsen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final char STOPPED = 'T';
  private static final char SLEEPS = 'S';

  private final ChildProcess child =
      ChildProcess.start("sleeper", new ProcessBuilder("sleep", "300"));

  @AfterEach
  void end() {
    child.kill9();
  }

  @Test
  void itStandsStillUntilTheLastHoldIsReleased() throws InterruptedException {
    Hold one = child.hold();
    Hold other = child.hold();
    awaitState(STOPPED);

    one.release();
    one.release();
    assertThat(child.isHeld()).isTrue();
    assertThat(state()).isEqualTo(STOPPED);

    other.release();
    awaitState(SLEEPS);
  }

  @Test
  void aHoldThatWasTakenAwayDoesNothingAnyMore() throws InterruptedException {
    Hold first = child.hold();
    child.releaseAll();
    Hold second = child.hold();
    awaitState(STOPPED);

    first.release();

    assertThat(first.during(() -> {})).isFalse();
    assertThat(second.during(() -> {})).isTrue();
    assertThat(state()).isEqualTo(STOPPED);
  }

  @Test
  void whoIsHeldIsNotWokenByStarvation() throws InterruptedException {
    Hold starving = child.starve();
    Hold hold = child.hold();
    awaitState(STOPPED);

    starving.release();

    assertThat(state()).isEqualTo(STOPPED);
    hold.release();
    awaitState(SLEEPS);
  }

  @Test
  void itsEndIsKnown() {
    assertThat(child.status()).isEmpty();

    child.kill9();

    assertThat(child.status()).hasValue(128 + 9);
  }

  private void awaitState(char wanted) throws InterruptedException {
    Await.until("state " + wanted, PATIENCE, () -> state() == wanted);
  }

  private char state() {
    try {
      String stat = Files.readString(Path.of("/proc", child.process().pid() + "", "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return '-';
    }
  }
}
